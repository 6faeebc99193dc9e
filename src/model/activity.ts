// What is kept of a thread's activity: counts and what is open, not the single records, so that it stays small however
// long a program runs. Pure.
import { Blocking, FileId, type BlockingName } from '../protocol/activity';
import { activitiesIn, recordsIn, type Activity } from '../protocol/activityBatch';
import { Flow } from './flow';
import { otherEnd, type End } from './ports';
import { hasOwn } from './resources';
import { Spans } from './spans';
import { Times } from './times';
import type { ActivityBatch, Resources, Site } from '../protocol/probeEvents';

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

export interface ActivityFacts {
  /** Number of the record that comes next. */
  next: number;
  /** Records that were dropped because a ring or the spool was full. */
  dropped: number;
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
  blocked?: { what: BlockingName; since: number; timeout: number };
  blocks: number;
  blockedFor: number;
  /** In µs. */
  stalls: { count: number; longest: number };
  /** When it waited, and when its loop did not turn for long. */
  blockSpans: Spans;
  stallSpans: Spans;
  writes: Map<number, WriteFacts>;
  /** Bytes on their way to the owner's standard output and error. */
  standard: Map<number, WriteFacts>;
  /** Those that are open. */
  files: Map<number, FileFacts>;
  /** `quietSince`: it has had nothing of its own to do, as far as it told. */
  resources?: { t: number; counts: Record<string, number>; ports: number[]; quietSince?: number };
}

/** Told of a thread by another: its owner, or main. */
export interface SampleFacts {
  /** As another thread found it: its loop has not turned from then to then. */
  unturned?: { since: number; t: number };
  /** `over` so many µs. */
  loop?: { t: number; busy: number; over: number };
  heap?: { t: number; usedKiB: number; limitKiB: number };
  /** Of main: when the process was last found to take much processor time, in µs. */
  computed?: number;
  /** When its loop was busy and when not. */
  loops: Spans;
}

/** The other threads of the process, as far as messages need them. */
export interface Others {
  threads: () => Iterable<number>;
  /** Undefined where none is known. */
  activityOf: (thread: number) => ActivityFacts | undefined;
  ownerOf: (thread: number) => number | undefined;
  samplesOf: (thread: number) => SampleFacts;
}

/** Below this busy share of a sample a loop is called idle: the probe itself takes a little. */
const IDLE_BELOW = 0.01;
/** Above this share of one processor a process computes something. */
const COMPUTES_ABOVE = 0.25;
export const LoopState = { idle: 0, running: 1 } as const;

const MOST_CHANNELS = 1024;
const WRAP = 2 ** 32;
const BLOCKINGS = Object.fromEntries(Object.entries(Blocking).map(([name, n]) => [n, name])) as Record<
  number,
  BlockingName
>;

export const noActivity = (): ActivityFacts => ({
  next: 0,
  dropped: 0,
  ports: new Map(),
  broadcasts: new Map(),
  portSites: new Map(),
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
  blockSpans: new Spans(),
  stallSpans: new Spans(),
  writes: new Map(),
  standard: new Map(),
  files: new Map(),
});

export const noSamples = (): SampleFacts => ({ loops: new Spans() });

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
  if (!isLate && ahead > 0) forgetOngoing(facts, ahead);
  facts.next = (batch.n + count) % WRAP;
  let last: number | undefined;
  for (const record of activitiesIn(batch.records, batch.base, batch.t)) {
    if (record.index < skip) continue;
    broadcasts ||= record.kind === 'post' && facts.broadcasts.has(record.arg);
    const about = foldActivity(batch.tid, facts, record, others);
    if (about !== last && about !== undefined) touched.add(about);
    last = about;
  }
  if (broadcasts) for (const id of others.threads()) if (others.activityOf(id)?.broadcasts.size) touched.add(id);
  if (facts.passages > passages) for (const id of others.threads()) if (matchAll(id, others)) touched.add(id);
  return touched;
}

/** What began before records were dropped may have ended among them. */
function forgetOngoing(facts: ActivityFacts, dropped: number): void {
  facts.dropped += dropped;
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
      const what = BLOCKINGS[arg];
      if (what) facts.blocked = { what, since: t, timeout: a };
      return undefined;
    }
    case 'unblock':
      if (facts.blocked) {
        facts.blockedFor += t - facts.blocked.since;
        facts.blockSpans.add(facts.blocked.since, t, Blocking[facts.blocked.what]);
      }
      facts.blocks++;
      delete facts.blocked;
      return undefined;
    case 'stall':
      facts.stalls.count++;
      facts.stalls.longest = Math.max(facts.stalls.longest, a * 1000);
      facts.stallSpans.add(t - a * 1000, t, 0);
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
      if ((samples.unturned?.t ?? 0) < t) samples.unturned = { since: t - a * 1000, t };
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
  samples.loops.add(t - ms * 1000, t, busy < IDLE_BELOW ? LoopState.idle : LoopState.running);
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

function portOf(facts: ActivityFacts, port: number): PortFacts {
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

/** Matches what was told before the other ends of its ports were known; returns whether any has become known. */
export function matchAll(thread: number, others: Others): boolean {
  const facts = others.activityOf(thread);
  if (!facts) return false;
  const { ports, ends, posts, receipts } = facts;
  const found = [...ports.keys()].filter((port) => !ends.has(port) && endOf(thread, facts, port, others));
  for (const port of found) {
    const end = ends.get(port)!;
    const theirs = others.activityOf(end.thread);
    if (!theirs) continue;
    for (const [n, t] of [...posts.of(port)]) {
      const received = theirs.receipts.take(end.port, n);
      if (received === undefined) continue;
      posts.take(port, n);
      addQueueTime(portOf(theirs, end.port).queue, Math.abs(received - t));
    }
    for (const [n, t] of [...receipts.of(port)]) {
      const posted = theirs.posts.take(end.port, n);
      if (posted === undefined) continue;
      receipts.take(port, n);
      addQueueTime(portOf(facts, port).queue, Math.abs(t - posted));
    }
  }
  return found.length > 0;
}

/** Ports that are in use are not moved on, so what was found once stays. */
function endOf(thread: number, { ends }: ActivityFacts, port: number, others: Others): End | undefined {
  const known = ends.get(port);
  if (known) return known;
  const end = otherEnd({ thread, port }, others);
  if (end) remember(ends, port, end);
  return end;
}

/** A program may make channels without end: the oldest are forgotten. */
function remember<T>(map: Map<number, T>, key: number, value: T): void {
  map.set(key, value);
  if (map.size > MOST_CHANNELS) map.delete(map.keys().next().value!);
}

/** Messages on a port arrive in order, so the n-th posted is the n-th received. */
function matchMessage(
  thread: number,
  facts: ActivityFacts,
  { kind, t, arg, b }: Activity,
  others: Others,
): number | undefined {
  const isPost = kind === 'post';
  const mine = isPost ? facts.posts : facts.receipts;
  const other = endOf(thread, facts, arg, others);
  const theirs = other && others.activityOf(other.thread);
  const counterpart = other && (isPost ? theirs?.receipts : theirs?.posts)?.take(other.port, b);
  if (!other || !theirs || counterpart === undefined) mine.add(arg, b, t);
  else addQueueTime((isPost ? portOf(theirs, other.port) : portOf(facts, arg)).queue, Math.abs(t - counterpart));
  return other?.thread;
}

function addQueueTime(queue: QueueTimes, time: number): void {
  queue.count++;
  queue.total += time;
  queue.longest = Math.max(queue.longest, time);
}

export function foldResources(facts: ActivityFacts, { t, counts, ports = [] }: Resources): void {
  const before = facts.resources;
  if (before && before.t > t) return;
  const quietSince = hasOwn(counts) ? undefined : (before?.quietSince ?? t);
  facts.resources = { t, counts, ports, ...(quietSince === undefined ? {} : { quietSince }) };
}
