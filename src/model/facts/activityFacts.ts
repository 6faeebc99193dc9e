// What is kept of a thread's activity: counts and what is open, not the single records, so that it stays small however
// long a program runs. Types and empty values only; the folds stand beside it, one a concern. Pure.
import { PARENT_PORT, type BlockingKind } from '../../protocol/activity';
import type { Site, Thing, Wait } from '../../protocol/probeEvents';
import { Flow } from './messages/flow';
import type { MessageLog } from './messages/messageLog';
import type { LockLog } from './lockLog';
import { Spans } from './spans';
import { Times } from './messages/times';
import type { WakeLog } from './messages/wakes';

export interface PortFacts {
  posted: number;
  received: number;
  unheard: number;
  /** How many could not be deserialized, of how many of those nobody heard, and the number of the last. */
  broken: { count: number; unheard: number; last: number };
  /** How many were posted where nobody was any more, and when the first and the last of them were, in µs. */
  astray: { count: number; first: number; last: number };
  /** How often something was received after a post. */
  answers: number;
  /** More may have been received than is known: how often it was asked for messages so, when last, in µs, and where (`waitSites`). */
  polled?: { count: number; last: number; site: number };
  queue: QueueTimes;
  /** Times of the last of each, in µs; 0: none. */
  lastPost: number;
  lastReceive: number;
  /** How many in which time. */
  posts: Flow;
  receipts: Flow;
}

/** How long messages waited between post and delivery, in µs, for those where both are known. */
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
  /** As far as it was recorded: words of four bytes. */
  path: number[];
  /** When a write was last begun or finished; 0: none is known. */
  lastWrite: number;
}

/** One end of a channel: a port as its thread numbers it. */
export interface End {
  thread: number;
  port: number;
}

/** With which message on which port of the same thread; 0: with the start of the worker. */
export interface Passage {
  by: number;
  n: number;
}

/** Earliest moment of which something else is known than was last reported of the thread; Infinity: none. */
interface Touched {
  touchedFrom: number;
}

/** Tasks that a pool gave a thread, of one port: those that came since all that had come before were known to be done. */
export interface TaskBatch {
  /** Of very many the last: when each came, in µs, and the number of its name, 0: not known. */
  tasks: { t: number; name: number }[];
  /** How often is posted until all of them are done, 0: that is not to be heard; and how often was. */
  due: number;
  posts: number;
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
  /** How many of those three were recorded: with each the other end of some port may become known. */
  passages: number;
  /** Other ends of ports, as far as they were found. */
  ends: Map<number, End>;
  /** Of its ports that others took for their other ends: by which port. */
  takenBy?: Map<number, End>;
  /** Times of posts whose delivery is not known yet, and the other way round. */
  posts: Times;
  receipts: Times;
  /**
   * `address`: in shared memory, hashed; 0: not known. `site`: which of `waitSites`. `wait`: where the runtime tells of each wait
   * by itself.
   */
  blocked?: { kind: BlockingKind; since: number; timeout: number; address: number; site: number; wait?: Wait };
  waitSites: Map<number, Site>;
  /** Once it has asked for a lock. */
  locks?: LockLog;
  /** Files of databases in which it began a transaction, and those in which it is in one. */
  databases: Map<number, string>;
  transactions: Map<number, { since: number; site: number }>;
  /** Tasks that pools gave it, by port, and what their numbers stand for. */
  tasks: Map<number, TaskBatch>;
  taskNames: Map<number, { name?: string; file?: string }>;
  /** Places from which it posts, by port. */
  postSites: { port: number; at: Site; q: number; astray?: true }[];
  /** Promises that it was given and that have not settled, by number: since when, in µs, and which of `waitSites`. */
  pending: Map<number, { since: number; site: number }>;
  blocks: number;
  blockedFor: number;
  /** In µs. */
  stalls: { count: number; longest: number };
  /** When it waited, and when its loop did not turn for long. */
  blockSpans: Spans;
  stallSpans: Spans;
  /** Stretches of which records were dropped. */
  gapSpans: Spans;
  /** When messages lay there for long that it took at last. */
  mailSpans: Spans;
  writes: Map<number, WriteFacts>;
  /** Bytes on their way to the owner's standard output and error. */
  standard: Map<number, WriteFacts>;
  /** Those that are open. */
  files: Map<number, FileFacts>;
  /** `quietSince`: it has had nothing of its own to do, as far as it reported. `awaits`: ids of threads. */
  resources?: {
    t: number;
    counts: Record<string, number>;
    ports: number[];
    things: Thing[];
    awaits: number[];
    quietSince?: number;
  };
}

/** Reported of a thread by another: its owner, or main. */
export interface SampleFacts extends Touched {
  /** As another thread found it: its loop has not turned from then to then. */
  unturned?: { since: number; t: number };
  /** `over`: how long it was sampled, in µs. */
  loop?: { t: number; busy: number; over: number };
  heap?: { t: number; usedKiB: number; limitKiB: number };
  /** As the system told at `t`: how long it has computed, in µs. */
  processorTime?: { t: number; time: number };
  /** Of looks from outside: in how many it ran or wanted to, and in how many it waited for its turn with the interpreter’s lock. */
  turns?: { looks: number; runs: number; waits: number };
  /**
   * By the thread itself: when it last looked at the processor time of the process, and when that was much, and more than one
   * thread takes, in µs.
   */
  processorAt?: number;
  computed?: number;
  computedBeside?: number;
  /** When its loop was busy and when not: the kind is the level. */
  loops: Spans;
  /** All such findings. */
  unturnedSpans: Spans;
}

/** The other threads of the process, as far as messages need them. */
export interface Others {
  /** A message was posted to all of them that have a channel of its name. */
  heard: () => void;
  /** Those that have ports whose other end is unknown. */
  unmatched: Set<number>;
  effort: Effort;
  /** Undefined where none is known. */
  activityOf: (thread: number) => ActivityFacts | undefined;
  ownerOf: (thread: number) => number | undefined;
  samplesOf: (thread: number) => SampleFacts;
  /** Where single messages are kept, and who woke whom. */
  messages?: MessageLog;
  wakes?: WakeLog;
}

/** What may be spent on ports whose other end is unknown: with each record more, so that it stays in proportion to those. */
export interface Effort {
  left: number;
  /** There was none left for some of them. */
  isBehind: boolean;
}
export const newEffort = (): Effort => ({ left: 1e6, isBehind: false });

const MOST_CHANNELS = 1024;
/** A program may be cut off from what would end them: of very many the oldest go, and count as dropped. */
const MOST_PORTS = 1 << 15;
const MOST_FILES = 1 << 14;
const MOST_WRITES = 1 << 12;
const MOST_PATH_WORDS = 1 << 10;

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
  databases: new Map(),
  transactions: new Map(),
  tasks: new Map(),
  taskNames: new Map(),
  postSites: [],
  pending: new Map(),
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
  mailSpans: new Spans(keepFrom),
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

export function portOf(facts: ActivityFacts, port: number): PortFacts {
  let found = facts.ports.get(port);
  if (!found) {
    found = {
      posted: 0,
      received: 0,
      answers: 0,
      unheard: 0,
      broken: { count: 0, unheard: 0, last: 0 },
      astray: { count: 0, first: 0, last: 0 },
      queue: { count: 0, total: 0, longest: 0 },
      lastPost: 0,
      lastReceive: 0,
      posts: new Flow(),
      receipts: new Flow(),
    };
    facts.ports.set(port, found);
    if (facts.ports.size > MOST_PORTS) forgetOldPorts(facts);
  }
  return found;
}

function forgetOldPorts(facts: ActivityFacts): void {
  for (const port of oldest(facts.ports, (port) => port !== PARENT_PORT)) {
    const { posted, received } = facts.ports.get(port)!;
    facts.dropped += Math.max(1, posted + received);
    forgetPort(facts, port);
  }
}

/** An eighth at once: to find the oldest of a map costs as much as were taken out before. */
function oldest<K>(map: ReadonlyMap<K, unknown>, mayGo: (key: K) => boolean = () => true): K[] {
  const keys: K[] = [];
  for (const key of map.keys()) {
    if (keys.length >= map.size / 8) break;
    if (mayGo(key)) keys.push(key);
  }
  return keys;
}

export function keepFile(facts: ActivityFacts, id: number, file: FileFacts): void {
  facts.files.set(id, file);
  if (facts.files.size > MOST_FILES) dropOldest(facts, facts.files);
}

export function keepWrite(facts: ActivityFacts, n: number, write: WriteFacts): void {
  facts.writes.set(n, write);
  if (facts.writes.size > MOST_WRITES) dropOldest(facts, facts.writes);
}

function dropOldest(facts: ActivityFacts, map: Map<number, unknown>): void {
  for (const key of oldest(map)) {
    map.delete(key);
    facts.dropped++;
  }
}

/** Two words more of the path of a file. */
export function keepPath({ files }: ActivityFacts, id: number, a: number, b: number): void {
  const file = files.get(id);
  if (file && file.path.length < MOST_PATH_WORDS) file.path.push(a, b);
}

/** Nothing more is to be known of the port. */
export function forgetPort(facts: ActivityFacts, port: number): void {
  for (const known of [facts.ports, facts.ends, facts.portSites, facts.tasks]) known.delete(port);
  for (const times of [facts.posts, facts.receipts]) times.forget(port);
}

/** A program may make channels without end: the oldest are forgotten. */
export function remember<T>(map: Map<number, T>, key: number, value: T): void {
  map.set(key, value);
  if (map.size > MOST_CHANNELS) map.delete(map.keys().next().value!);
}
