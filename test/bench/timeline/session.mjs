// One chart in one page: opened, moved about in, and weighed.
import { chromium } from 'playwright-core';
import { browserExecutable } from '../../support/browser.mjs';
import { watchCosts } from './costs.mjs';
import { median } from '../figures.mjs';
import { MOVES, moved, wheel } from './moves.mjs';

/** Within which a chart must have drawn its first picture, and made its moves. */
export const DEADLINE_MS = 30_000;
/** To make what it takes of the spans, before any clock runs. */
const PREPARE_DEADLINE_MS = 120_000;
const VIEWPORT = { width: 1200, height: 640 };

/** @typedef {import('./costs.mjs').Cost & { answer: number }} Redraw `answer`: ms that our host took */
/** @typedef {{ load: number, redraws: Redraw[], draws: number[], heap: number, nodes: number, prepared: number, drawn: Record<string, number> }} Figures */

export class DoesNotLoad extends Error {}

export async function launch() {
  const { executablePath, args, env } = await browserExecutable();
  return chromium.launch({ executablePath, args, env });
}

/**
 * In a browser of its own, which ends with it: a page that hangs or dies must not be felt by the next.
 * @template T @param {string} url @param {(page: import('playwright-core').Page) => Promise<T>} use @returns {Promise<T>}
 */
export async function inPage(url, use) {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    const died = new Promise((_, reject) => page.on('crash', () => reject(new DoesNotLoad('out of memory'))));
    await page.goto(url);
    return /** @type {T} */ (await Promise.race([use(page), died]));
  } finally {
    await browser.close();
  }
}

/** @template T @param {Promise<T>} promise @param {number} ms @param {string} what @returns {Promise<T>} */
export async function within(promise, ms, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DoesNotLoad(`${what} ${ms / 1000} s`)), ms);
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, late]));
  } catch (error) {
    throw error instanceof DoesNotLoad ? error : new DoesNotLoad(reasonOf(error));
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined); // its page is closed under it
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  const text = String(/** @type {Error} */ (error).message ?? error).split('\n')[0] ?? '';
  if (/closed|crash/i.test(text)) return 'out of memory';
  return text.replace(/^page\.evaluate: /, '');
}

/**
 * @param {string} url @param {string} chart @param {import('./chart').Source} source @param {number} length µs
 * @returns {Promise<Figures>}
 */
export function measureChart(url, chart, source, length) {
  return inPage(`${url}/?chart=${chart}`, async (page) => {
    const costs = await watchCosts(page);
    const started = performance.now();
    await within(
      page.evaluate((s) => window.bench.prepare(s), source),
      PREPARE_DEADLINE_MS,
      'spans not ready in',
    );
    const prepared = performance.now() - started;
    const load = await within(
      page.evaluate(() => window.bench.open()),
      DEADLINE_MS,
      'no picture in',
    );
    await page.evaluate(() => window.bench.release());
    const { redraws, draws } = await redrawing(page, costs, chart, length);
    const drawn = await page.evaluate(() => window.bench.drawn());
    return { load, prepared, redraws, draws, drawn, ...(await costs.memory()) };
  });
}

/** Each move, less what the page does when nobody moves. Moves end at the deadline, however many there were. */
async function redrawing(page, costs, chart, length) {
  const settled = () => page.evaluate(() => window.bench.settled());
  const mover = await moverOf(page, chart, length);
  for (let i = 0; i < 3; i++) await settled();
  const idle = [];
  for (let i = 0; i < 5; i++) idle.push(await costs.of(settled));
  const [noScript, nothing] = [median(idle.map(({ script }) => script)), median(idle.map(({ all }) => all))];
  await page.evaluate(() => window.bench.takeTimes());
  const [redraws, draws] = [[], []];
  const until = performance.now() + DEADLINE_MS;
  for (const move of MOVES) {
    if (performance.now() > until) break;
    const { script, all } = await costs.of(async () => {
      await mover(move);
      await settled();
    });
    const times = await page.evaluate(() => window.bench.takeTimes());
    const answer = times.answers.reduce((sum, ms) => sum + ms, 0);
    redraws.push({ script: Math.max(script - noScript, 0), all: Math.max(all - nothing, 0), answer });
    draws.push(...times.draws);
  }
  return { redraws, draws };
}

/** The peers are told by their own functions; we are moved by the wheel. */
export async function moverOf(page, chart, length) {
  if (chart === 'ours') {
    const area = await timeArea(page);
    await page.mouse.move(area.x + area.width / 2, area.y);
    return (move) => wheel(page, move, area);
  }
  /** @type {[number, number]} */
  let window_ = [0, length];
  return (move) => {
    window_ = moved(window_, move);
    return page.evaluate(([start, end]) => window.bench.moveTo(start, end), window_);
  };
}

/** Where the wheel moves time: right of the labels. */
async function timeArea(page) {
  const box = await page.locator('.scroller').boundingBox();
  const gutter = await page.evaluate(() => {
    const content = document.querySelector('.content');
    return content ? parseFloat(getComputedStyle(content).getPropertyValue('--gutter')) || 0 : 0;
  });
  return { x: box.x + gutter, y: box.y + box.height / 2, width: box.width - gutter };
}
