// What is kept of a thread's activity: counts and what is open, not the single records, so that it stays small however
// long a program runs. Pure.
import { Blocking, FileId, PARENT_PORT, portOfWorker, workerOfPort, type BlockingName } from '../protocol/activity';
import { activitiesIn, recordsIn, type Activity } from '../protocol/activityBatch';
import type { ActivityBatch, PortNamed, Resources } from '../protocol/probeEvents';

export interface PortFacts {
  posted: number;
  received: number;
  unheard: number;
  /** More may have been received than is known. */
  polled: boolean;
  queue: QueueTimes;
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
}

export interface ActivityFacts {
  /** Number of the record that comes next. */
  next: number;
  /** Records that were dropped because a ring or the spool was full. */
  dropped: number;
  ports: Map<number, PortFacts>;
  broadcasts: Map<number, string>;
  /** Times of posts whose delivery is not known yet, and the other way round: port and number → µs. */
  posts: Times;
  receipts: Times;
  blocked?: { what: BlockingName; since: number; timeout: number };
  blocks: number;
  blockedFor: number;
  /** In µs. */
  stalls: { count: number; longest: number };
  writes: Map<number, WriteFacts>;
  /** Bytes on their way to the owner's standard output and error. */
  standard: Map<number, WriteFacts>;
  /** Those that are open. */
  files: Map<number, FileFacts>;
  resources?: { t: number; counts: Record<string, number> };
}

/** Told of a thread by its owner. */
export interface SampleFacts {
  loop?: { t: number; busy: number };
  heap?: { t: number; usedKiB: number; limitKiB: number };
}

/** The other threads of the process, as far as messages need them. */
export interface Others {
  activityOf: (thread: number) => ActivityFacts;
  ownerOf: (thread: number) => number | undefined;
  samplesOf: (thread: number) => SampleFacts;
}

/** Times that wait for their counterpart are few unless records were dropped; then the oldest go. */
const MOST_WAITING = 4096;
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
  posts: new Times(),
  receipts: new Times(),
  blocks: 0,
  blockedFor: 0,
  stalls: { count: 0, longest: 0 },
  writes: new Map(),
  standard: new Map(),
  files: new Map(),
});

/** Folds what is new in a batch into the facts of thread `batch.tid`; returns the threads whose picture may differ now. */
export function foldBatch(batch: ActivityBatch, others: Others): Set<number> {
  const facts = others.activityOf(batch.tid);
  const touched = new Set([batch.tid]);
  const count = recordsIn(batch.records);
  const ahead = (batch.n - facts.next + WRAP) % WRAP;
  const isLate = ahead > WRAP / 2; // told before, by another thread
  const skip = isLate ? WRAP - ahead : 0;
  if (skip >= count) return touched;
  if (!isLate && ahead > 0) forgetOngoing(facts, ahead);
  facts.next = (batch.n + count) % WRAP;
  for (const record of activitiesIn(batch.records, batch.base, batch.t)) {
    if (record.index < skip) continue;
    const about = foldActivity(batch.tid, facts, record, others);
    if (about !== undefined) touched.add(about);
  }
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
    case 'post':
      portOf(facts, arg).posted = b;
      return matchMessage(thread, record, others);
    case 'receive': {
      const port = portOf(facts, arg);
      port.received = b;
      port.unheard += a;
      return matchMessage(thread, record, others);
    }
    case 'poll':
      portOf(facts, arg).polled = true;
      return undefined;
    case 'block': {
      const what = BLOCKINGS[arg];
      if (what) facts.blocked = { what, since: t, timeout: a };
      return undefined;
    }
    case 'unblock':
      if (facts.blocked) facts.blockedFor += t - facts.blocked.since;
      facts.blocks++;
      delete facts.blocked;
      return undefined;
    case 'stall':
      facts.stalls.count++;
      facts.stalls.longest = Math.max(facts.stalls.longest, a * 1000);
      return undefined;
    case 'write':
      if (isStandard(arg)) addStandard(facts, record);
      else facts.writes.set(b, { file: arg, bytes: a, since: t });
      return undefined;
    case 'written':
      if (isStandard(arg)) facts.standard.delete(arg);
      else facts.writes.delete(b);
      return undefined;
    case 'opened':
      facts.files.set(arg, { fd: a, pathLength: b, path: [] });
      return undefined;
    case 'path':
      facts.files.get(arg)?.path.push(a, b);
      return undefined;
    case 'closed':
      facts.files.delete(arg);
      return undefined;
    case 'loop':
      others.samplesOf(arg).loop = { t, busy: a / 1000 };
      return arg;
    case 'heap':
      others.samplesOf(arg).heap = { t, usedKiB: a, limitKiB: b };
      return arg;
  }
}

const isStandard = (file: number): boolean => file < FileId.firstOther;

function addStandard(facts: ActivityFacts, { arg, a, t }: Activity): void {
  const before = facts.standard.get(arg);
  facts.standard.set(arg, { file: arg, bytes: (before?.bytes ?? 0) + a, since: before?.since ?? t });
}

function portOf(facts: ActivityFacts, port: number): PortFacts {
  let found = facts.ports.get(port);
  if (!found) {
    found = { posted: 0, received: 0, unheard: 0, polled: false, queue: { count: 0, total: 0, longest: 0 } };
    facts.ports.set(port, found);
  }
  return found;
}

/** The other end of a port, between a worker and its owner; undefined where it is not known. */
export function otherEnd(
  thread: number,
  port: number,
  ownerOf: Others['ownerOf'],
): { thread: number; port: number } | undefined {
  if (port === PARENT_PORT) {
    const owner = ownerOf(thread);
    return owner === undefined ? undefined : { thread: owner, port: portOfWorker(thread) };
  }
  const worker = workerOfPort(port);
  return worker === undefined ? undefined : { thread: worker, port: PARENT_PORT };
}

/** Messages on a port arrive in order, so the n-th posted is the n-th received. */
function matchMessage(thread: number, { kind, t, arg, b }: Activity, others: Others): number | undefined {
  const other = otherEnd(thread, arg, others.ownerOf);
  if (!other) return undefined;
  const isPost = kind === 'post';
  const { posts, receipts } = others.activityOf(thread);
  const theirs = others.activityOf(other.thread);
  const counterpart = (isPost ? theirs.receipts : theirs.posts).take(`${other.port}:${b}`);
  const receiver = isPost ? portOf(theirs, other.port) : portOf(others.activityOf(thread), arg);
  if (counterpart === undefined) (isPost ? posts : receipts).add(`${arg}:${b}`, t);
  else addQueueTime(receiver.queue, Math.abs(t - counterpart));
  return other.thread;
}

function addQueueTime(queue: QueueTimes, time: number): void {
  queue.count++;
  queue.total += time;
  queue.longest = Math.max(queue.longest, time);
}

class Times {
  private readonly times = new Map<string, number>();

  add(key: string, t: number): void {
    this.times.set(key, t);
    if (this.times.size > MOST_WAITING) this.times.delete(this.times.keys().next().value!);
  }

  take(key: string): number | undefined {
    const t = this.times.get(key);
    if (t !== undefined) this.times.delete(key);
    return t;
  }
}

export function foldPort(facts: ActivityFacts, { port, broadcast }: PortNamed): void {
  facts.broadcasts.set(port, broadcast);
}

export function foldResources(facts: ActivityFacts, { t, counts }: Resources): void {
  if (!facts.resources || facts.resources.t <= t) facts.resources = { t, counts };
}
