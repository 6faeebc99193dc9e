// `npm run bench -- model [--events N]`: how fast the model folds what the probe tells, and how much memory that takes, at ten
// million events unless told otherwise. Two streams, each with the lifecycle of its threads: long batches of questions to a
// few workers and their answers; and many workers that do all that is recorded, in short batches. They are made as they are
// folded, and only the folding is timed, in processor time: all of them at once would take more memory than is measured.
import { parseArgs } from 'node:util';
import { installDependencies } from '../support/prepare.mjs';
import { bundled, bytesInUse } from './bundled.mjs';
import { median, row } from './figures.mjs';

const { values } = parseArgs({ options: { events: { type: 'string', default: '10000000' } } });
const EVENTS = Number(values.events);
const ROUNDS = 3;
const ASKED_PER_SECOND = 1e6;
const MOST_BYTES = 16;
const P = '1-1';
/** Between two drains, in µs. */
const DRAIN_EVERY = 40_000;

await installDependencies();
const SOURCES = ['src/model/facts/facts.ts', 'src/model/trackLog.ts', 'src/protocol/activity.ts'];
const { emptyModel, fold, noChanges, TrackLog, ActivityKind: KIND } = bundled(...SOURCES);

/** @typedef {[t: number, kind: number, arg: number, a: number, b: number]} Written */

/** Rings of all threads of one process, as they are drained. */
class Stream {
  /** Those that were not taken yet. @type {any[]} */
  events = [];
  count = 0;
  /** @type {Map<number, number>} */
  next = new Map();

  /** @param {number} threads */
  constructor(threads) {
    const start = { k: 'process-start', p: P, tid: 0, q: 0, t: 0, v: 1, pid: 1, ppid: 0, runtime: 'node' };
    this.events.push({ ...start, version: '24.0.0', argv: ['node', 'main.js'], execArgv: [], cwd: '/', wall: 0 });
    for (let id = 1; id <= threads; id++) {
      this.events.push({ k: 'thread-start', p: P, tid: 0, q: id, t: id, id, file: '/worker.js' });
      this.events.push({ k: 'thread-begin', p: P, tid: id, q: 0, t: id + 1 });
    }
    this.count = this.events.length;
  }

  take() {
    const { events } = this;
    this.events = [];
    return events;
  }

  /** @param {number} tid @param {number} base @param {Written[]} written times after the base */
  drain(tid, base, written) {
    const n = this.next.get(tid) ?? 0;
    this.next.set(tid, n + written.length);
    this.count += written.length;
    const words = new Uint32Array(written.length * 4);
    written.forEach(([t, kind, arg, a, b], i) => words.set([t, ((kind << 24) | arg) >>> 0, a, b], i * 4));
    const records = Buffer.from(words.buffer).toString('base64');
    this.events.push({ k: 'activity', p: P, tid, t: base + DRAIN_EVERY, base, n, records });
  }
}

/** The owner asks each worker in turn, and each answers. */
function* questions(threads = 64, inBatch = 512) {
  const stream = new Stream(threads);
  for (let batch = 0; stream.count < EVENTS; batch++) {
    const id = 1 + (batch % threads);
    const before = (Math.floor(batch / threads) * inBatch) / 2;
    /** @type {Written[]} */
    const owner = [];
    /** @type {Written[]} */
    const worker = [];
    for (let i = 1; i <= inBatch / 2; i++) {
      const [t, n] = [i * 100, before + i];
      owner.push([t, KIND.post, id * 2, 0, n], [t + 60, KIND.receive, id * 2, 0, n]);
      worker.push([t + 20, KIND.receive, 0, 0, n], [t + 40, KIND.post, 0, 0, n]);
    }
    const base = 1000 + batch * DRAIN_EVERY;
    stream.drain(id, base, worker);
    stream.drain(0, base, owner);
    yield stream;
  }
}

/** Each worker takes a message, writes, waits and answers; main samples all of them each second. */
function* work(threads = 1000, tasks = 4) {
  const stream = new Stream(threads);
  for (let round = 0; stream.count < EVENTS; round++) {
    const base = 10_000 + round * DRAIN_EVERY;
    /** @type {Written[]} */
    const owner = [];
    for (let id = 1; id <= threads; id++) {
      /** @type {Written[]} */
      const worker = [];
      for (let i = 0; i < tasks; i++) {
        const [t, n] = [i * 9000 + id, round * tasks + i + 1];
        owner.push([t, KIND.post, id * 2, 0, n], [t + 900, KIND.receive, id * 2, 0, n]);
        worker.push([t + 100, KIND.receive, 0, 0, n], [t + 200, KIND.block, 1, 0, 0], [t + 400, KIND.unblock, 1, 0, 0]);
        worker.push([t + 500, KIND.write, 3, 100, n], [t + 700, KIND.written, 3, 0, n], [t + 800, KIND.post, 0, 0, n]);
      }
      stream.drain(id, base, worker);
      if (round % 25 === id % 25) owner.push([39_000, KIND.loop, id, (id * 37 + round) % 1000, 1000]);
      if (round % 25 === id % 25) owner.push([39_001, KIND.heap, id, 4000, 4e6]);
    }
    owner.sort((a, b) => a[0] - b[0]);
    for (let i = 0; i < owner.length; i += 2048) stream.drain(0, base, owner.slice(i, i + 2048));
    yield stream;
  }
}

/** A model that takes events. */
function folding() {
  const model = emptyModel();
  return { model, take: (/** @type {any[]} */ events) => events.forEach((event) => fold(model, event)) };
}

/** As the adapter does for a timeline: what threads do is taken once per drain. */
function foldingAndTaking() {
  const model = emptyModel(true);
  const log = new TrackLog(model);
  let changes = noChanges();
  let next = 0;
  const take = (/** @type {any[]} */ events) => {
    for (const event of events) {
      fold(model, event, changes);
      if (event.t < next && !log.isFull(event.p)) continue;
      log.take(changes.threads, event.t);
      changes = noChanges();
      next = event.t + DRAIN_EVERY;
    }
  };
  return { model, take };
}

/** One round: events a second, and bytes that each takes. @param {() => Iterable<Stream>} make @param {typeof folding} begin */
function measured(make, begin) {
  const before = bytesInUse();
  const { model, take } = begin();
  let [ms, count] = [0, 0];
  for (const stream of make()) {
    const events = stream.take();
    const started = process.cpuUsage();
    take(events);
    const { user, system } = process.cpuUsage(started);
    ms += (user + system) / 1000;
    count = stream.count;
  }
  const bytes = (bytesInUse() - before) / count;
  if (model.revision === 0) throw new Error('nothing was folded');
  return { count, bytes, rate: count / (ms / 1000) };
}

const STREAMS = { 'questions to 64 workers': questions, 'work of 1 000 workers': work };
const WAYS = { '': folding, ', with tracks': foldingAndTaking };

row(['', 'events', 'million/s', `asked ${ASKED_PER_SECOND / 1e6}`, 'bytes each', `budget ${MOST_BYTES}`]);
for (const [name, make] of Object.entries(STREAMS)) {
  for (const [way, begin] of Object.entries(WAYS)) {
    const rounds = Array.from({ length: ROUNDS }, () => measured(make, begin));
    const [rate, bytes] = [median(rounds.map((round) => round.rate)), median(rounds.map((round) => round.bytes))];
    const verdicts = [rate >= ASKED_PER_SECOND ? 'within' : 'MISSES', bytes <= MOST_BYTES ? 'within' : 'MISSES'];
    const { count } = rounds[0];
    row([name + way, String(count), (rate / 1e6).toFixed(2), verdicts[0] ?? '', bytes.toFixed(2), verdicts[1] ?? '']);
  }
}
