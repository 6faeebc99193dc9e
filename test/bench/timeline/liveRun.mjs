// Our view beside a program that lives.
import fs from 'node:fs';
import { watchCosts } from './costs.mjs';
import { DEADLINE_MS, inPage, within } from './session.mjs';
import { topOf } from './profile.mjs';

const ORDER = { workers: 1000, perSecond: 100_000, seconds: 10 };

/** @param {string} url */
export const measureLive = (url) =>
  inPage(`${url}/?chart=ours`, async (page) => {
    const costs = await begin(page);
    /** @type {import('./live').LiveFigures | undefined} */
    let figures;
    const main = await costs.of(async () => {
      figures = await page.evaluate(() => window.bench.runLive());
    });
    return { order: ORDER, main, ...figures };
  });

async function begin(page) {
  await within(
    page.evaluate((order) => window.bench.prepareLive(order), ORDER),
    DEADLINE_MS,
    'host not ready in',
  );
  await within(
    page.evaluate(() => window.bench.open()),
    DEADLINE_MS,
    'no picture in',
  );
  return watchCosts(page);
}

/** @param {string} url @param {string} file */
export const profileLive = (url, file) =>
  inPage(`${url}/?chart=ours`, async (page) => {
    const { session } = await begin(page);
    await session.send('Profiler.enable');
    await session.send('Profiler.start');
    await page.evaluate(() => window.bench.runLive());
    const { profile } = await session.send('Profiler.stop');
    fs.writeFileSync(file, JSON.stringify(profile));
    topOf(profile);
  });
