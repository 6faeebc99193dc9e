// `npm run bench -- tracks`: how long the host takes to answer what the timeline shows, and to keep what is told to it:
// 10 000 threads with 10 million state changes, of which 60 lanes of 1 500 pixels are in view; and live, 100 000 events a
// second of 1 000 threads.
import { installDependencies } from '../support/prepare.mjs';
import { bundled, bytesInUse } from './bundled.mjs';
import { quantile, row } from './figures.mjs';

const LANES = 60;
const PIXELS = 1500;
/** A thread on which other extensions run must not be kept for longer, in ms. */
const MOST_MS = 4;
const BYTES = { change: 32, message: 16 };

await installDependencies();
const { Tracks, codeOf } = bundled('src/tracks/tracks.ts', 'src/protocol/tracks.ts');
const CODES = [codeOf('idle'), codeOf('running', 4), codeOf('blocked'), codeOf('alive'), codeOf('running', 15)];

/** The same numbers in each run. */
let seed = 1;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;

/** @param {string} thread @param {number} from @param {number} count @param {number} mean µs of a span */
function change(thread, from, count, mean) {
  const starts = [];
  const codes = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    starts.push(at);
    codes.push(CODES[(i * 3 + Math.floor(random() * 4)) % CODES.length]);
    at += 1 + Math.floor(random() * 2 * mean);
  }
  return { thread, from, starts, codes, to: from + at };
}

/** @param {number} threads @param {number} changes of each @param {number} mean µs of a span */
function filled(threads, changes, mean) {
  const tracks = new Tracks(2 ** 40);
  let to = 0;
  for (let n = 0; n < threads; n++) {
    for (let done = 0, from = 0; done < changes; done += 1000) {
      const one = change(`1-1:${n}`, from, Math.min(1000, changes - done), mean);
      tracks.add({ tracks: [one], messagesDropped: 0 });
      from = one.to;
      to = Math.max(to, from);
    }
  }
  return { tracks, to };
}

/** @param {number} rounds @param {(round: number) => void} work */
function times(rounds, work) {
  for (let round = 0; round < 20; round++) work(round);
  return Array.from({ length: rounds }, (_, round) => {
    const started = performance.now();
    work(round);
    return performance.now() - started;
  });
}

/** @param {string} name @param {number[]} all in ms */
function told(name, all, most = MOST_MS) {
  const [p50, p95] = [quantile(all, 0.5), quantile(all, 0.95)];
  row([name, p50.toFixed(2), p95.toFixed(2), `${p95 <= most ? 'within' : 'MISSES'} ${most}`]);
}

/** Any zoom and pan. @param {{ tracks: any, to: number }} of @param {number} threads @param {number} narrowest share of all time */
function looks({ tracks, to }, threads, narrowest = 1e-6, rest = {}) {
  return times(200, (round) => {
    const length = to * narrowest ** random();
    const from = random() * (to - length);
    const first = Math.floor(random() * Math.max(1, threads - LANES));
    const keys = Array.from({ length: Math.min(LANES, threads) }, (_, i) => `1-1:${first + i}`);
    tracks.see({
      id: round,
      from,
      to: from + length,
      pixels: PIXELS,
      threads: keys,
      pools: [],
      messagesOf: [],
      ...rest,
    });
  });
}

row(['', 'p50, ms', 'p95, ms', 'budget']);
const before = bytesInUse();
const many = filled(10_000, 1000, 60_000);
const perChange = (bytesInUse() - before) / 10e6;
told('60 of 10 000 lanes, 10 M changes', looks(many, 10_000));
told('the same, all of the time', looks(many, 10_000, 1));
const everyone = Array.from({ length: 1000 }, (_, i) => `1-1:${i}`);
told(
  'a pool of 1 000 threads',
  looks(many, 10_000, 1e-6, { threads: [], pools: [{ key: 'p', threads: everyone }] }),
  16,
);
const dense = filled(60, 166_667, 360);
told('60 lanes that hold all 10 M changes', looks(dense, 60));
told('the same, all of the time', looks(dense, 60, 1));
told(
  'a range of 60 lanes measured',
  times(100, (id) => dense.tracks.measure({ id, from: 1000 * id, to: dense.to / 2, threads: everyone.slice(0, 60) })),
);

/** 100 000 events a second: of 1 000 threads 25 000 changes and 37 500 messages, in the deltas of 40 ms. */
const live = new Tracks(2 ** 40);
const deltas = Array.from({ length: 250 }, (_, n) => ({
  tracks: everyone.map((thread) => change(thread, n * 40_000, 1 + (n % 2), 20_000)),
  messages: {
    threads: ['1-1:0', ...everyone],
    from: Array.from({ length: 1500 }, () => 0),
    to: Array.from({ length: 1500 }, (_, i) => 1 + (i % 1000)),
    base: n * 40_000,
    posted: Array.from({ length: 1500 }, (_, i) => i * 25),
    took: Array.from({ length: 1500 }, () => 300),
  },
  messagesDropped: 0,
}));
const adding = deltas.map((delta) => {
  const started = performance.now();
  live.add(delta);
  return performance.now() - started;
});
told('a delta of 40 ms, 100 000 events/s', adding);
told('all messages of 1 000 pairs', looks({ tracks: live, to: 10e6 }, 0, 1e-3, { messagesOf: ['1-1:0'] }));

const empty = bytesInUse();
const messages = new Tracks(2 ** 40);
for (const delta of deltas) messages.add({ ...delta, tracks: [] });
const perMessage = (bytesInUse() - empty) / (deltas.length * 1500);
console.log(
  `\nmemory: ${perChange.toFixed(1)} bytes a state change (budget ${BYTES.change}), ${perMessage.toFixed(1)} a message (budget ${BYTES.message})`,
);
if (messages.bytes + many.tracks.bytes === 0) throw new Error('nothing was kept');
