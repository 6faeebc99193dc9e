// Where the time of our view goes: a CPU profile that Chromium's tools open, and the functions at its top.
import fs from 'node:fs';
import { MOVES } from './moves.mjs';
import { inPage, moverOf } from './session.mjs';

const TOP = 30;

/** @param {string} url @param {import('../timeline.mjs').Drawing} drawing @param {string} file */
export const profileMoves = (url, drawing, file) =>
  inPage(`${url}/?chart=ours`, async (page) => {
    const session = await page.context().newCDPSession(page);
    await page.evaluate((s) => window.bench.prepare(s), drawing.source);
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: 100 });
    await session.send('Profiler.start');
    console.log(`${drawing.name}: first picture in ${(await page.evaluate(() => window.bench.open())).toFixed(0)} ms`);
    const loading = await session.send('Profiler.stop');
    topOf(loading.profile);
    await session.send('Profiler.start');
    const mover = await moverOf(page, 'ours', drawing.length);
    for (const move of MOVES) {
      await mover(move);
      await page.evaluate(() => window.bench.settled());
    }
    const { profile } = await session.send('Profiler.stop');
    fs.writeFileSync(file, JSON.stringify(profile));
    console.log(`\n${MOVES.length} moves`);
    topOf(profile);
  });

/** Prints ms in each function itself and, of our own, with all that it calls. @param {any} profile */
export function topOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map();
  samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + timeDeltas[i] / 1000));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const [selves, totals] = [new Map(), new Map()];
  for (const [id, ms] of own) {
    add(selves, nameOf(byId.get(id)), ms);
    const seen = new Set();
    for (let at = id; at !== undefined; at = parents.get(at)) seen.add(nameOf(byId.get(at)));
    for (const name of seen) add(totals, name, ms);
  }
  print('itself', selves);
  print('with all that it calls', totals);
}

const nameOf = ({ callFrame: { functionName, url, lineNumber } }) =>
  url ? `${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber + 1}` : functionName;
const add = (map, key, ms) => map.set(key, (map.get(key) ?? 0) + ms);

function print(title, map) {
  console.log(`\nms, ${title}`);
  const idle = /^\((root|idle|program)\)/;
  const sorted = [...map].filter(([name]) => !idle.test(name)).sort((a, b) => b[1] - a[1]);
  for (const [name, ms] of sorted.slice(0, TOP)) console.log(`${ms.toFixed(1).padStart(9)}  ${name}`);
}
