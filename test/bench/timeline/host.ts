// Runs in a worker of our page and plays the extension host: it has a thread of its own, and what it sends is copied, as
// in VS Code. It keeps the index and answers each look, and tells how long that took.
import type { FromTimeline, ToTimeline } from '../../../src/protocol/timelineMessages';
import type { Delta, Snapshot } from '../../../src/protocol/picture';
import { Pacing } from '../../../src/views/timeline/pacing';
import type { Loaded, Source } from './chart';
import { Pump, type LiveOrder } from './pump';
import { keyOf, ORIGIN, snapshotFor } from './pictures';
import { load } from './sources';
import { makeTracks } from './tracks';
import { eachSpan, generate } from './trace';

export type ToHost = { bench: 'prepare'; source: Source } | ({ bench: 'live' } & LiveOrder) | { bench: 'go' };
export type FromHost =
  | { bench: 'prepared'; ms: number }
  /** `since`: when the oldest of what this answer is the first to tell had come in, on the clock of all threads. */
  | { bench: 'answered'; took: number; since?: number }
  | { bench: 'sent'; revision: number; at: number; took: number }
  | { bench: 'over' };

const SESSION = 'bench';
const tracks = makeTracks();
let snapshot: Snapshot | undefined;
let pump: Pump | undefined;

const send = (message: ToTimeline | FromHost): void => postMessage(message);
const sendDelta = (delta: Delta): void => send({ kind: 'delta', session: SESSION, delta });
const pacing = new Pacing(sendDelta);

addEventListener('message', ({ data }: MessageEvent<ToHost | FromTimeline>) => {
  if ('bench' in data) void obey(data);
  else answer(data);
});

async function obey(order: ToHost): Promise<void> {
  const started = performance.now();
  if (order.bench === 'prepare') keep(await load(order.source), false);
  if (order.bench === 'live') {
    keep({ trace: generate({ lanes: order.workers, spans: 1 }) }, true);
    pump = new Pump(order, snapshot!, {
      send,
      sendDelta: (delta) => sendDelta(pacing.take(delta)),
      tracks,
      session: SESSION,
    });
  }
  if (order.bench === 'go') return pump?.go();
  send({ bench: 'prepared', ms: performance.now() - started });
}

function keep({ trace, recorded }: Loaded, live: boolean): void {
  snapshot = recorded?.snapshot ?? snapshotFor(trace, live);
  const origin = recorded?.origin ?? ORIGIN;
  for (let lane = 0; lane < trace.labels.length; lane++) {
    const [starts, codes]: [number[], number[]] = [[], []];
    eachSpan(trace, lane, ({ start, code }) => {
      starts.push(start);
      codes.push(code);
    });
    const from = starts[0] ?? 0;
    const change = { thread: recorded?.lanes[lane]?.key ?? keyOf(lane), from: origin + from, codes };
    const to = origin + trace.ends[lane]!;
    tracks.take({ tracks: [{ ...change, starts: starts.map((t) => t - from), to }], messagesDropped: 0 });
  }
}

function answer(message: FromTimeline): void {
  if (message.kind === 'ready' || message.kind === 'resync') sendSnapshot();
  if (message.kind === 'problem') throw new Error(message.message);
  if (message.kind !== 'look') return;
  pacing.look(message.look);
  const started = performance.now();
  const since = pump?.looked();
  send({ kind: 'seen', session: SESSION, seen: tracks.see(message.look) });
  send({ bench: 'answered', took: performance.now() - started, ...(since === undefined ? {} : { since }) });
}

function sendSnapshot(): void {
  const shown = pump?.snapshot() ?? snapshot!;
  pacing.begin(shown);
  const sessions = [{ id: SESSION, title: shown.title, live: !shown.complete }];
  send({ kind: 'snapshot', session: SESSION, sessions, snapshot: shown });
}
