// `npm run bench -- model`: how fast the model folds what the probe tells, and how much memory that takes. The stream is
// one of workers that answer messages: for each question a post, a receive, the answer's post and its receive, and now
// and then a sample of a loop; of every thread the lifecycle events besides.
import { buildSync } from 'esbuild';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { ROOT, installDependencies } from '../support/prepare.mjs';

const THREADS = 64;
const BATCHES = 600;
/** Records of one batch, as a thread makes them between two drains. */
const RECORDS = 512;
const ROUNDS = 7;
const ASKED_PER_SECOND = 1e6;
const KIND = { post: 1, receive: 2, loop: 8 };

await installDependencies();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-bench-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const outfile = path.join(scratch, 'model.cjs');
buildSync({
  entryPoints: [path.join(ROOT, 'src/model/facts.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
});
const { emptyModel, fold } = createRequire(import.meta.url)(outfile);

/** @param {number[][]} records time in µs after the base, kind, argument, a, b */
function encoded(records) {
  const words = new Uint32Array(records.length * 4);
  records.forEach(([t = 0, kind = 0, arg = 0, a = 0, b = 0], i) =>
    words.set([t, ((kind << 24) | arg) >>> 0, a, b], i * 4),
  );
  return Buffer.from(words.buffer).toString('base64');
}

function lifecycle() {
  const p = '1-1';
  const start = { k: 'process-start', p, tid: 0, q: 0, t: 0, v: 1, pid: 1, ppid: 0, runtime: 'node' };
  const events = [{ ...start, version: '24.0.0', argv: ['node', 'main.js'], execArgv: [], cwd: '/', wall: 0 }];
  for (let id = 1; id <= THREADS; id++) {
    events.push({ k: 'thread-start', p, tid: 0, q: id, t: id, id, file: '/worker.js' });
    events.push({ k: 'thread-begin', p, tid: id, q: 0, t: id + 1 });
  }
  return events;
}

/** The owner asks each worker in turn, and each answers. */
function activity() {
  const events = [];
  const perBatch = RECORDS / 2;
  for (let batch = 0; batch < BATCHES; batch++) {
    const id = 1 + (batch % THREADS);
    const round = Math.floor(batch / THREADS);
    const base = 1000 + batch * 40_000;
    const owner = [];
    const worker = [];
    for (let i = 0; i < perBatch; i++) {
      const [t, n] = [i * 100, round * perBatch + i + 1];
      owner.push([t, KIND.post, id * 2, 0, n], [t + 60, KIND.receive, id * 2, 0, n]);
      worker.push([t + 20, KIND.receive, 0, 0, n], [t + 40, KIND.post, 0, 0, n]);
    }
    owner[owner.length - 1] = [perBatch * 100, KIND.loop, id, (batch * 37) % 1000, 40];
    const told = { k: 'activity', p: '1-1', t: base + 40_000, base };
    events.push({ ...told, tid: id, n: round * RECORDS, records: encoded(worker) });
    events.push({ ...told, tid: 0, n: batch * RECORDS, records: encoded(owner) });
  }
  return events;
}

const before = lifecycle();
const stream = activity();
const records = stream.length * RECORDS;
const heap = () => (globalThis.gc?.(), process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
const rates = [];
let bytes = 0;
for (let round = 0; round < ROUNDS; round++) {
  const model = emptyModel();
  for (const event of before) fold(model, event);
  const empty = heap();
  const started = performance.now();
  for (const event of stream) fold(model, event);
  rates.push(records / ((performance.now() - started) / 1000));
  bytes = heap() - empty;
}
rates.sort((a, b) => a - b);
const median = rates[ROUNDS >> 1] ?? 0;
const within = median >= ASKED_PER_SECOND ? 'within' : 'MISSES';
console.log(
  `folded: ${(median / 1e6).toFixed(2)} million records a second (${within} 1), ${records} in each of ${ROUNDS} rounds`,
);
console.log(`memory: ${(bytes / records).toFixed(2)} bytes a record when all are folded (budget 16)`);
