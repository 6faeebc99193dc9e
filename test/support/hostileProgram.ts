// A program that puts into its spool whatever could hurt those who read it, and then works as any other.

/** Ends with this code. */
export const HOSTILE_CODE = 7;
/** How many of its lines in the spool are none of a probe. */
export const HOSTILE_LINES = 13;

/** It has one worker. Other files in the spool than a probe’s are made on systems that have such files. */
export const HOSTILE_PROGRAM = `
const fs = require('node:fs');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const spool = process.env.THREAD_LIFELINES_SPOOL;
const own = fs.readdirSync(spool).find((name) => name.endsWith('.spool.ndjson'));
const p = own.replace('.spool.ndjson', '');
const t = Number(process.hrtime.bigint() / 1000n);
const events = [
  { k: 'thread-start', q: 900, tid: 5, id: 5 },
  { k: 'thread-start', q: 901, tid: 6, id: 5 },
  { k: 'thread-start', q: 902, id: 1e300 },
  { k: 'thread-start', q: -1, id: 9 },
  { k: 'thread-start', q: 903, id: 9, at: 'main.js' },
  { k: 'thread-start', q: 904, id: 9, at: { file: 7, line: 1, column: 1 } },
  { k: 'exiting', q: 905, cause: 'magic', code: 0 },
  { k: 'activity', t: 1e21, base: 1e21, n: 0, records: 'AAAA' },
  { k: 'constructor', q: 906 },
  { k: 'process-start', q: 907, v: 99, pid: -1, ppid: 1, runtime: 'node', version: '24.0.0', argv: [], execArgv: [], cwd: '/', wall: 0 },
].map((event) => JSON.stringify({ p, tid: 0, t, ...event }));
const lines = [...events, 'null', '[]', '{"k":'];
fs.appendFileSync(path.join(spool, own), lines.map((line) => line + '\\n').join(''));
if (process.platform !== 'win32') {
  require('node:child_process').execFileSync('mkfifo', [path.join(spool, '1-1.spool.ndjson')], { env: { PATH: process.env.PATH } });
  fs.symlinkSync('/dev/zero', path.join(spool, '1-2.spool.ndjson'));
  fs.mkdirSync(path.join(spool, '1-3.spool.ndjson'));
}
new Worker('setTimeout(() => {}, 50)', { eval: true });
process.on('exit', () => (process.exitCode = ${HOSTILE_CODE}));
`;
/** How many of its files in the spool are none. */
export const HOSTILE_FILES = process.platform === 'win32' ? 0 : 3;
