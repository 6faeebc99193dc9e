// What is kept of a thread's activity: counts and what is open, not the single records, so that it stays small however
// long a program runs. Pure.
import { Blocking, FileId, blockOf, type BlockingName } from '../../protocol/activity';
import { activitiesIn, recordsIn, type Activity } from '../../protocol/activityBatch';
import { LEVELS } from '../../protocol/tracks';
import { Flow } from './flow';
import { matchAll, matchMessage } from './matching';
import type { End } from './ports';
import { hasOwn } from './resources';
import type { MessageLog } from './messageLog';
import { Spans } from './spans';
import { Times } from './times';
import type { WakeLog } from './wakes';
import type { ActivityBatch, Resources, Site } from '../../protocol/probeEvents';

export interface PortFacts {
  posted: number;
  received: number;
  unheard: number;
  /** More may have been received than is known. */
  polled: boolean;
  queue: QueueTimes;
  /** Times of the last of each, in µs; 0: none. */
  lastPost: number;
  lastReceive: number;
  /** How many in which time. */
  posts: Flow;
  receipts: Flow;
}

/** How long messages waited between post and delivery, in µs, of those of which both are known. */
export interface QueueTimes {
  count: number;
  total: number;
  longest: number;
}

export interface WriteFacts {
  file: number;
  bytes: number;
  since: number;
}

export interface FileFacts {
  fd: number;
  /** In bytes; 0 when it is not known. */
  pathLength: number;
  /** As far as it was told: words of four bytes. */
  path: number[];
  /** When a write was last begun or finished; 0: none is known. */
  lastWrite: number;
}

/** With which message on which port of the same thread; 0: with the start of the worker. */
export interface Passage {
  by: number;
  n: number;
}

/** Earliest moment of which something else is known than when it was last told what the thread does; Infinity: none. */
interface Touched {
  touchedFrom: number;
}

export interface ActivityFacts extends Touched {
  /** Number of the record that comes next. */
  next: number;
  /** Records that were dropped because a ring or the spool was full. */
  dropped: number;
  /** Time of the last record, in µs; 0: none yet. */
  lastTime: number;
  ports: Map<number, PortFacts>;
  /** Names of BroadcastChannels; empty while not known. */
  broadcasts: Map<number, string>;
  /** Where ports were made to keep the loop turning. */
  portSites: Map<number, Site>;
  /** Which ports of this thread were made as the two ends of one channel. */
  channels: Map<number, number>;
  /** Ports that went to another thread, or came from one, and with which message. */
  moved: Map<number, Passage>;
  arrived: Map<number, Passage>;
  /** When ports of broadcast channels were made, and ports closed, in µs. */
  born: Map<number, number>;
  shut: Map<number, number>;
  /** How many of those three were told: with each the other end of some port may become known. */
  passages: number;
  /** Other ends of ports, as far as they were found. */
  ends: Map<number, End>;
  /** Times of posts whose delivery is not known yet, and the other way round. */
  posts: Times;
  receipts: Times;
  /** `place`: where in shared memory; 0: not known. `site`: which of `waitSites`. */
  blocked?: { what: BlockingName; since: number; timeout: number; place: number; site: number };
  waitSites: Map<number, Site>;
  /** Places from which it posts, by port. */
  postSites: { port: number; at: Site; q: number }[];
  blocks: number;
  blockedFor: number;
  /** In µs. */
  stalls: { count: number; longest: number };
  /** When it waited, and when its loop did not turn for long. */
  blockSpans: Spans;
  stallSpans: Spans;
  /** Of which records were dropped. */
  gapSpans: Spans;
  writes: Map<number, WriteFacts>;
  /** Bytes on their way to the owner's standard output and error. */
  standard: Map<number, WriteFacts>;
  /** Those that are open. */
  files: Map<number, FileFacts>;
  /** `quietSince`: it has had nothing of its own to do, as far as it told. */
  resources?: { t: number; counts: Record<string, number>; ports: number[]; quietSince?: number };
}

/** Told of a thread by another: its owner, or main. */
export interface SampleFacts extends Touched {
  /** As another thread found it: its loop has not turned from then to then. */
  unturned?: { since: number; t: number };
  /** `over` so many µs. */
  loop?: { t: number; busy: number; over: number };
  heap?: { t: number; usedKiB: number; limitKiB: number };
  /** Of main: when the process was last found to take much processor time, in µs. */
  computed?: number;
  /** When its loop was busy and when not: the kind is the level. */
  loops: Spans;
  /** All such findings. */
  unturnedSpans: Spans;
}

/** The other threads of the process, as far as messages need them. */
export interface Others {
  threads: () => Iterable<number>;
  /** Undefined where none is known. */
  activityOf: (thread: number) => ActivityFacts | undefined;
  ownerOf: (thread: number) => number | undefined;
  samplesOf: (thread: number) => SampleFacts;
  /** Where single messages are kept, and who woke whom. */
  messages?: MessageLog;
  wakes?: WakeLog;
}

/** Below this busy share of a sample a loop is called idle: the probe itself takes a little. */
const IDLE_BELOW = 0.01;
/** Above this share of one processor a process computes something. */
const COMPUTES_ABOVE = 0.25;
/** Of spans of a loop: 0 is idle, more is its busy share in so many parts. */
export const IDLE = 0;
const loopLevel = (busy: number): number =>
  busy < IDLE_BELOW ? IDLE : Math.min(LEVELS, Math.max(1, Math.round(busy * LEVELS)));
/** Shorter runs without a turn of the loop are usual; in µs. */
export const UNRESPONSIVE_AFTER = 1e6;

const MOST_CHANNELS = 1024;
const WRAP = 2 ** 32;
const BLOCKINGS = Object.fromEntries(Object.entries(Blocking).map(([name, n]) => [n, name])) as Record<
  number,
  BlockingName
>;

/** @param keepFrom see `Spans` */
export const noActivity = (keepFrom?: number): ActivityFacts => ({
  touchedFrom: Infinity,
  next: 0,
  dropped: 0,
  lastTime: 0,
  ports: new Map(),
  broadcasts: new Map(),
  portSites: new Map(),
  waitSites: new Map(),
  postSites: [],
  channels: new Map(),
  moved: new Map(),
  arrived: new Map(),
  born: new Map(),
  shut: new Map(),
  passages: 0,
  ends: new Map(),
  posts: new Times(),
  receipts: new Times(),
  blocks: 0,
  blockedFor: 0,
  stalls: { count: 0, longest: 0 },
  blockSpans: new Spans(keepFrom),
  stallSpans: new Spans(keepFrom),
  gapSpans: new Spans(keepFrom),
  writes: new Map(),
  standard: new Map(),
  files: new Map(),
});

export const noSamples = (keepFrom?: number): SampleFacts => ({
  touchedFrom: Infinity,
  loops: new Spans(keepFrom),
  unturnedSpans: new Spans(keepFrom),
});

export function touch(facts: Touched, t: number): void {
  if (t < facts.touchedFrom) facts.touchedFrom = t;
}

/** Folds what is new in a batch into the facts of thread `batch.tid`; returns the threads whose picture may differ now. */
export function foldBatch(facts: ActivityFacts, batch: ActivityBatch, others: Others): Set<number> {
  const touched = new Set([batch.tid]);
  const { passages } = facts;
  let broadcasts = false;
  const count = recordsIn(batch.records);
  const ahead = (batch.n - facts.next + WRAP) % WRAP;
  const isLate = ahead > WRAP / 2; // told before, by another thread
  const skip = isLate ? WRAP - ahead : 0;
  if (skip >= count) return touched;
  const records = activitiesIn(batch.records, batch.base, batch.t);
  if (!isLate && ahead > 0) forgetOngoing(facts, ahead, records[0]?.t ?? batch.t);
  facts.next = (batch.n + count) % WRAP;
  let last: number | undefined;
  for (const record of records) {
    if (record.index < skip) continue;
    facts.lastTime = record.t;
    broadcasts ||= record.kind === 'post' && facts.broadcasts.has(record.arg);
    const about = foldActivity(batch.tid, facts, record, others);
    if (about !== last && about !== undefined) touched.add(about);
    last = about;
  }
  if (broadcasts) for (const id of others.threads()) if (others.activityOf(id)?.broadcasts.size) touched.add(id);
  if (facts.passages > passages) for (const id of others.threads()) if (matchAll(id, others)) touched.add(id);
  return touched;
}

/** What began before records were dropped, all before `until`, may have ended among them. */
function forgetOngoing(facts: ActivityFacts, dropped: number, until: number): void {
  facts.dropped += dropped;
  touch(facts, Math.min(facts.lastTime, facts.blocked?.since ?? Infinity));
  touch(facts, facts.gapSpans.add(facts.lastTime, until, 0));
  facts.writes.clear();
  facts.standard.clear();
  delete facts.blocked;
}

/** Returns another thread that the record is about. */
function foldActivity(thread: number, facts: ActivityFacts, record: Activity, others: Others): number | undefined {
  const { kind, t, arg, a, b } = record;
  switch (kind) {
    case 'post': {
      const port = portOf(facts, arg);
      port.posts.add(t, newOf(b, port.posted));
      port.posted = b;
      port.lastPost = t;
      return matchMessage(thread, facts, record, others);
    }
    case 'receive': {
      const port = portOf(facts, arg);
      port.receipts.add(t, newOf(b, port.received));
      port.received = b;
      port.unheard += a;
      port.lastReceive = t;
      return matchMessage(thread, facts, record, others);
    }
    case 'channel':
      facts.passages++;
      remember(facts.channels, arg, a);
      remember(facts.channels, a, arg);
      return undefined;
    case 'moved':
      facts.passages++;
      remember(facts.moved, arg, { by: a, n: b });
      return undefined;
    case 'arrived':
      facts.passages++;
      remember(facts.arrived, arg, { by: a, n: b });
      return undefined;
    case 'born':
      remember(facts.born, arg, t);
      return undefined;
    case 'shut':
      remember(facts.shut, arg, t);
      return undefined;
    case 'poll':
      portOf(facts, arg).polled = true;
      return undefined;
    case 'block': {
      const { what, site } = blockOf(arg);
      const name = BLOCKINGS[what];
      touch(facts, facts.blocked?.since ?? t);
      if (name) facts.blocked = { what: name, since: t, timeout: a, place: b, site };
      return undefined;
    }
    case 'unblock':
      if (facts.blocked) {
        facts.blockedFor += t - facts.blocked.since;
        // What it stood still before may have become one with this.
        touch(facts, facts.blockSpans.add(facts.blocked.since, t, Blocking[facts.blocked.what]));
        if (a === 1) others.wakes?.woken(thread, facts.blocked.place, facts.blocked.since, t);
      }
      facts.blocks++;
      delete facts.blocked;
      return undefined;
    case 'notify':
      others.wakes?.notified(thread, a, t - b, t);
      return undefined;
    case 'stall':
      facts.stalls.count++;
      facts.stalls.longest = Math.max(facts.stalls.longest, a * 1000);
      touch(facts, addUnturned(facts.stallSpans, t - a * 1000, t));
      return undefined;
    case 'write':
      if (isStandard(arg)) addStandard(facts, record);
      else facts.writes.set(b, { file: arg, bytes: a, since: t });
      touchFile(facts, record);
      return undefined;
    case 'written':
      if (isStandard(arg)) facts.standard.delete(arg);
      else facts.writes.delete(b);
      touchFile(facts, record);
      return undefined;
    case 'opened':
      facts.files.set(arg, { fd: a, pathLength: b, path: [], lastWrite: t });
      return undefined;
    case 'path':
      facts.files.get(arg)?.path.push(a, b);
      return undefined;
    case 'closed':
      facts.files.delete(arg);
      return undefined;
    case 'loop':
      foldLoop(others.samplesOf(arg), t, a / 1000, b);
      return arg;
    case 'unturned': {
      const samples = others.samplesOf(arg);
      if ((samples.unturned?.t ?? 0) >= t) return arg;
      samples.unturned = { since: t - a * 1000, t };
      touch(samples, addUnturned(samples.unturnedSpans, t - a * 1000, t));
      return arg;
    }
    case 'cpu': {
      const samples = others.samplesOf(thread);
      if (a > COMPUTES_ABOVE * b) samples.computed = Math.max(samples.computed ?? 0, t);
      return undefined;
    }
    case 'heap':
      others.samplesOf(arg).heap = { t, usedKiB: a, limitKiB: b };
      return arg;
  }
}

/** How many since the last that is known: those of dropped records too. */
const newOf = (count: number, before: number): number => Math.max(1, count - before);

/** @param ms over which the share was taken */
function foldLoop(samples: SampleFacts, t: number, busy: number, ms: number): void {
  samples.loop = { t, busy, over: ms * 1000 };
  touch(samples, samples.loops.add(t - ms * 1000, t, loopLevel(busy)));
}

/** Returns since when another state is known: of a span that becomes long enough, from its beginning on. */
function addUnturned(spans: Spans, since: number, t: number): number {
  const changed = spans.add(since, t, 0);
  const { from, to } = spans.last()!;
  if (to - from < UNRESPONSIVE_AFTER) return Infinity;
  return changed - from < UNRESPONSIVE_AFTER ? from : changed;
}

function touchFile({ files }: ActivityFacts, { arg, t }: Activity): void {
  const file = files.get(arg);
  if (file) file.lastWrite = Math.max(file.lastWrite, t);
}

const isStandard = (file: number): boolean => file < FileId.firstOther;

function addStandard(facts: ActivityFacts, { arg, a, t }: Activity): void {
  const before = facts.standard.get(arg);
  facts.standard.set(arg, { file: arg, bytes: (before?.bytes ?? 0) + a, since: before?.since ?? t });
}

export function portOf(facts: ActivityFacts, port: number): PortFacts {
  let found = facts.ports.get(port);
  if (!found) {
    found = {
      posted: 0,
      received: 0,
      unheard: 0,
      polled: false,
      queue: { count: 0, total: 0, longest: 0 },
      lastPost: 0,
      lastReceive: 0,
      posts: new Flow(),
      receipts: new Flow(),
    };
    facts.ports.set(port, found);
  }
  return found;
}

/** A program may make channels without end: the oldest are forgotten. */
export function remember<T>(map: Map<number, T>, key: number, value: T): void {
  map.set(key, value);
  if (map.size > MOST_CHANNELS) map.delete(map.keys().next().value!);
}

export function foldResources(facts: ActivityFacts, { t, counts, ports = [] }: Resources): void {
  const before = facts.resources;
  if (before && before.t > t) return;
  const quietSince = hasOwn(counts) ? undefined : (before?.quietSince ?? t);
  facts.resources = { t, counts, ports, ...(quietSince === undefined ? {} : { quietSince }) };
}
