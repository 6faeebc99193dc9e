// `npm run bench -- python [--python PATH] [--rounds N] [--only WORD]`: what the probe costs in Python. Every figure is the
// median of runs that alternate with and without the probe.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../support/prepare.mjs';
import { median, row, shown, within } from './figures.mjs';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rounds: { type: 'string', default: '9' },
    only: { type: 'string', default: '' },
  },
});
/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-bench-'));
const SPOOL = path.join(scratch, 'spool');

/**
 * `added`: largest difference; `told`: with tasks of asyncio told, from 3.12 on.
 * @type {{ name: string, words: string[], unit: string, times?: number, added?: number, told?: boolean }[]}
 */
const SCENARIOS = [
  { name: 'start-up of an empty program', words: ['-c', 'pass'], unit: 'ms', times: 4, added: 2 },
  { name: 'start-up with threading', words: ['-c', 'import threading'], unit: 'ms', times: 4, added: 3 },
  { name: 'start and join of a thread', words: ['spawn'], unit: 'µs' },
  { name: 'two waits for events', words: ['events'], unit: 'µs' },
  { name: 'item through a short queue', words: ['items'], unit: 'µs' },
  { name: 'lock that nobody else has', words: ['lock'], unit: 'µs', added: 0.02 },
  { name: 'task of a pool', words: ['tasks'], unit: 'µs' },
  { name: 'asyncio task, not told', words: ['few'], unit: 'µs' },
  { name: 'asyncio task', words: ['few'], unit: 'µs', told: true },
  { name: 'asyncio task of very many', words: ['flood'], unit: 'µs', told: true },
];

/** @param {string[]} words @param {boolean} observed @param {boolean} told */
function measure(words, observed, told) {
  fs.rmSync(SPOOL, { recursive: true, force: true });
  fs.mkdirSync(SPOOL);
  const env = {
    PATH: process.env['PATH'],
    ...(observed ? { THREAD_LIFELINES_SPOOL: SPOOL, PYTHONPATH: here('../../dist/python') } : {}),
    ...(observed && told ? { THREAD_LIFELINES_ACTIVITY: '64:2048:asyncio-tasks' } : {}),
  };
  const isTimed = words[0] === '-c';
  const started = performance.now();
  const args = isTimed ? words : [here('programs/threads.py'), ...words];
  const { stdout, stderr, status } = spawnSync(values.python, args, { env, encoding: 'utf8' });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  return isTimed ? took : Number(stdout);
}

build();
try {
  row(['', 'without', 'with', 'added', 'budget']);
  for (const { name, words, unit, times = 1, added, told = false } of SCENARIOS.filter((one) =>
    one.name.includes(values.only),
  )) {
    /** @type {[number[], number[]]} */
    const [without, ours] = [[], []];
    measure(words, true, told); // compiles what it keeps
    for (let round = 0; round < Number(values.rounds) * times; round++) {
      without.push(measure(words, false, told));
      ours.push(measure(words, true, told));
    }
    const difference = median(ours) - median(without);
    const budget = added === undefined ? '' : within(difference, added);
    row([`${name}, ${unit}`, shown(median(without)), shown(median(ours)), shown(difference), budget]);
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
