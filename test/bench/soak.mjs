// `npm run soak [-- --minutes N] [--sessions N] [--messages N] [--threads N] [--children N] [--node PATH]`: records several
// sessions at once for so long at least, and on until all threads and children have been. Fails when what a recorder takes
// still grows in the second half: memory, file descriptors, listeners, processor time. Draws each over time. Linux only, for it
// reads in /proc.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, build, installDependencies } from '../support/prepare.mjs';
import { median, row } from './figures.mjs';

const { values } = parseArgs({
  options: {
    // Shorter, it ends before all is there that a recorder keeps at most.
    minutes: { type: 'string', default: '30' },
    sessions: { type: 'string', default: '8' },
    // Of all sessions together; messages a second, the others in all.
    messages: { type: 'string', default: '20000' },
    threads: { type: 'string', default: '100000' },
    children: { type: 'string', default: '1000' },
    node: { type: 'string', default: process.execPath },
  },
});
const sessions = Number(values.sessions);
const ms = Number(values.minutes) * 60_000;
const SAMPLE_MS = Math.min(5000, ms / 60);
/** Columns of a chart. */
const WIDTH = 60;
/** Ticks of the processor's clock in /proc. */
const TICKS_A_SECOND = 100;
/** How much more the last quarter may take than the one before the middle. */
const MOST_GROWTH = 1.15;
const KEPT_THREADS = 200;
const BARS = '▁▂▃▄▅▆▇█';

/** @typedef {{ memory: number, inUse: number, descriptors: number, listeners: number, ticks: number }} Sample in bytes, and ticks since its start */

/** @param {number} pid @param {string} told @returns {Sample | undefined} undefined once it has ended */
function sampled(pid, told) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const memory = Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
    if (Number.isNaN(memory)) return undefined;
    const descriptors = fs.readdirSync(`/proc/${pid}/fd`).length;
    const { listeners, inUse } = JSON.parse(fs.readFileSync(told, 'utf8'));
    return { memory, inUse, descriptors, listeners, ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

/** @param {string} folder @param {number} n */
function startSession(folder, n) {
  const share = ['messages', 'threads', 'children'].map((name) => {
    const all = Number(values[/** @type {'messages'} */ (name)]);
    return String(Math.round(all / sessions));
  });
  const recorder = [path.join(ROOT, 'dist', 'cli.js'), 'record', '--keep-threads', String(KEPT_THREADS)];
  const program = [values.node, path.join(ROOT, 'test', 'bench', 'programs', 'soak.js'), String(ms), ...share];
  const out = ['--out', path.join(folder, `${n}.lifelines`), '--', ...program];
  const told = path.join(folder, `${n}.told`);
  const loaded = ['--trace-warnings', '--require', path.join(ROOT, 'test', 'bench', 'insideRecorder.cjs')];
  const child = spawn(process.execPath, [...loaded, ...recorder, ...out], {
    env: { ...process.env, TMPDIR: folder, SOAK_TOLD: told },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (/** @type {Buffer} */ text) => (said.out += text.toString()));
  child.stderr.on('data', (/** @type {Buffer} */ text) => (said.err += text.toString()));
  return { child, said, told, closed: once(child, 'close') };
}

/** @param {number[]} numbers */
function chart(numbers) {
  const most = Math.max(...numbers, 1);
  const columns = Math.min(WIDTH, numbers.length);
  const each = Array.from({ length: columns }, (_, i) => {
    const at = (/** @type {number} */ column) => Math.floor((column * numbers.length) / columns);
    return median(numbers.slice(at(i), at(i + 1)));
  });
  return each.map((n) => BARS[Math.min(BARS.length - 1, Math.floor((n / most) * BARS.length))]).join('');
}

/** @param {string} name @param {number[]} numbers one a moment, of all recorders @param {string} unit */
function told(name, numbers, unit) {
  const quarter = Math.floor(numbers.length / 4);
  const [before, last] = [median(numbers.slice(quarter, 2 * quarter)), median(numbers.slice(-quarter))];
  row([name, `${before.toFixed(1)} ${unit}`, `${last.toFixed(1)} ${unit}`]);
  console.log(`  ${chart(numbers)}`);
  if (last > before * MOST_GROWTH + 1) {
    console.log(`  GROWS: ${(last / before).toFixed(2)} times as much`);
    process.exitCode = 1;
  }
}

await installDependencies();
build();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-soak-'));
const started = Date.now();
const all = Array.from({ length: sessions }, (_, n) => startSession(folder, n));
/** @type {Sample[]} sums over all recorders */
const samples = [];
const sampling = setInterval(() => {
  const found = all.flatMap(({ child, told }) => sampled(child.pid ?? 0, told) ?? []);
  if (found.length < sessions) return;
  /** @param {keyof Sample} key */
  const sum = (key) => found.reduce((total, one) => total + one[key], 0);
  samples.push({
    memory: sum('memory'),
    inUse: sum('inUse'),
    descriptors: sum('descriptors'),
    listeners: sum('listeners'),
    ticks: sum('ticks'),
  });
}, SAMPLE_MS);
const over = Promise.all(all.map(({ closed }) => closed));
await Promise.race([over, once(process, 'SIGINT')]); // then what was measured so far is told
for (const { child } of all) child.kill('SIGTERM'); // passed on to the program, and nothing to who has ended
await over;
clearInterval(sampling);

console.log(
  `${sessions} sessions, ${((Date.now() - started) / 60_000).toFixed(0)} minutes, Node ${process.versions.node}`,
);
/** @param {keyof Sample} key */
const averages = (key) => samples.map((sample) => sample[key] / sessions);
row(['of a recorder, on average', '2nd quarter', 'last quarter']);
const megabytes = (/** @type {number[]} */ bytes) => bytes.map((n) => n / 2 ** 20);
told('resident memory', megabytes(averages('memory')), 'MB');
told('memory in use', megabytes(averages('inUse')), 'MB');
told('file descriptors', averages('descriptors'), '');
told('listeners', averages('listeners'), '');
const ticks = averages('ticks').map((now, i, all) => now - (all[i - 1] ?? now));
told('share of a core', ticks.map((n) => (n / TICKS_A_SECOND / (SAMPLE_MS / 1000)) * 100), '%'); // prettier-ignore

for (const { said, child } of all) {
  console.log(`exit code ${child.exitCode}: ${said.out.trim()}`);
  for (const odd of said.err.match(/.*(?:Warning|could not|dropped|problem|GROWS).*/g) ?? [])
    console.log(`  ${odd.trim()}`);
  if (child.exitCode !== 0 || /MaxListeners/.test(said.err)) process.exitCode = 1;
}
const left = fs.readdirSync(folder).filter((name) => !/\.(lifelines|told|draft)$/.test(name));
if (left.length > 0) console.log(`left behind: ${left.join(', ')}`);
if (left.length > 0) process.exitCode = 1;
fs.rmSync(folder, { recursive: true, force: true });
