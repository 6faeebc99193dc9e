// The picture of a session that every view draws from: plain data, made by the model, sent by the adapter, kept by the
// host, shown by the webview. Times are µs on the machine's monotonic clock, as in probeEvents.ts.
import type { Site } from './probeEvents';

/** How a thread ended. `unknown`: it did end, but nothing that we saw says how. */
export type EndedBy =
  | 'returned'
  | 'exit-call'
  | 'terminate'
  | 'error'
  | 'out-of-memory'
  | 'main-exit'
  | 'owner-exit'
  | 'signal'
  | 'lost-contact'
  | 'unknown';

/**
 * What a thread does. `alive`: it lives; what it does from moment to moment is not recorded.
 * `exiting`: its code is over and its exit handlers run.
 */
export type ThreadState = 'starting' | 'alive' | 'exiting' | 'ended' | 'lost-contact';

export interface Ending {
  t: number;
  by: EndedBy;
  code?: number;
  signal?: string;
  /** The line that did it: `process.exit(…)`, `terminate()`, the throw. For `main-exit` the line that ended main. */
  at?: Site;
  /** One plain sentence without a full stop, such as "killed with main: process.exit(0) at main.js:8". */
  because: string;
  /** Ended from outside, in whatever it was doing. */
  fromOutside: boolean;
}

/** A moment at which `value` began to hold, with the call that made it so. */
export interface Flip {
  t: number;
  value: boolean;
  at?: Site;
}

export interface ThreadError {
  t: number;
  name: string;
  message: string;
  stack?: string;
  at?: Site;
}

export interface ThreadPicture {
  /** `<process key>:<thread id>` */
  key: string;
  process: string;
  /** The runtime's id; 0 is main. */
  id: number;
  /** Key of the thread that started it; null for main, and where the start was not seen. */
  owner: string | null;
  kind: 'main' | 'worker' | 'loader-hooks';
  /** What to call it: its name, else its file, else its id. Text from the program: never to be taken for markup. */
  label: string;
  name?: string;
  file?: string;
  startedAt: number;
  startSite?: Site;
  /** First sign that it runs: from itself, or 'online' as its owner saw it. */
  onlineAt?: number;
  state: ThreadState;
  /** The probe ran inside it, so it told of itself; else only what its owner saw is known. */
  probed: boolean;
  /** ref()/unref() on it, relative to its owner; the first is its start. Main: empty. */
  refs: Flip[];
  /** Whether it kept the process alive: ref'd in its owner, and its owner keeps it alive. Empty: unknown. */
  keepsAlive: Flip[];
  terminateCalls: { t: number; at?: Site }[];
  error?: ThreadError;
  ended?: Ending;
  /** Absent when none is known: not recorded, or the thread ran without the probe. */
  activity?: ThreadActivity;
  /** What it was in the middle of when it was ended from outside, in phrases such as "writing 3 kB to out.log". */
  unfinished?: string[];
}

/** What a thread did and, at its end or now, was in the middle of. */
export interface ThreadActivity {
  /** Messages with its owner; absent for main, and where one of the two was not recorded. */
  toOwner?: Traffic;
  fromOwner?: Traffic;
  /** Messages on ports of channels to other threads; `with` is the other thread's key. */
  channels: { with: string; to: Traffic; from: Traffic }[];
  /** On each BroadcastChannel, by its name. */
  broadcasts: {
    name: string;
    posted: number;
    received: number;
    /** Posted by others while its channel was open, and not delivered. Absent when it cannot be known. */
    waiting?: number;
    /** µs from post to delivery, where one thread alone posts. */
    queue?: { count: number; mean: number; longest: number };
  }[];
  /** On ports of which the other end is not known, together. `received` is absent where some were taken off a port unseen. */
  otherPorts: { posted: number; received?: number };
  /** In what it waits without turning its loop; `timeout` in ms, absent when it waits for ever. */
  blocked?: { what: string; since: number; timeout?: number };
  /** How often it has waited so, and for how many µs together. */
  blocks: number;
  blockedFor: number;
  /** How often its loop was found not to turn for long, and for how many µs at least: one long synchronous run. */
  stalls: { count: number; longest: number };
  /** Begun and not finished, oldest first. What went to its standard output stands under that name. */
  writing: { to: string; bytes: number; since: number }[];
  /** Files that it has written to and that are still open. */
  openFiles: string[];
  /** Busy share of its event loop, 0 to 1, in the time before `t`. */
  loop?: { t: number; busy: number };
  heap?: { t: number; usedKiB: number; limitKiB: number };
  /** What keeps its loop turning, as the runtime names it, and how many of each. */
  resources?: { t: number; counts: Record<string, number> };
  /** Records of its activity that were dropped, for lack of room. */
  dropped: number;
}

/** Messages one way between two threads. */
export interface Traffic {
  /** Absent when it cannot be known, as what waits then. */
  posted?: number;
  received: number;
  /** Delivered while nobody listened. */
  unheard: number;
  /** Posted and not delivered. */
  waiting?: number;
  /** µs from post to delivery, of `count` messages. */
  queue?: { count: number; mean: number; longest: number };
}

export interface ProcessPicture {
  key: string;
  pid: number;
  /** Counts from 0: a process that starts when none of the session lives begins a new run (a restart). */
  run: number;
  runtime: 'node';
  version: string;
  argv: string[];
  cwd: string;
  startedAt: number;
  /** ms since 1970 at `startedAt`. */
  wall: number;
  /** False when the runtime is too old to be observed. */
  supported: boolean;
  /** What the probe cannot see there, as phrases such as "writes in flight". */
  unseen: string[];
  /** Records that are known to be missing. */
  lost: number;
  /** What went wrong inside the probe. */
  problems: string[];
  /** Main's end, once known. `over`: the process itself is known to be gone. */
  exit?: Ending;
  over: boolean;
}

export interface Snapshot {
  /** Counts the changes of the model. */
  revision: number;
  title: string;
  /** The adapter's clock when this was sent. */
  now: number;
  processes: ProcessPicture[];
  threads: ThreadPicture[];
  /** Lines that could not be read. */
  damaged: number;
  /** The session is over: nothing will change any more. */
  complete: boolean;
  /** What a person must know about this session (no contact, full disk …). */
  notices: Notice[];
}

export interface Notice {
  id: string;
  severity: 'info' | 'warning' | 'error';
  text: string;
}

/** All pictures that changed between two revisions, whole; a picture not named here stands. */
export interface Delta extends Snapshot {
  /** The revision that this delta builds on. */
  from: number;
}

/** Applies a delta to a snapshot in place of the old; undefined when one in between was missed. */
export function applyDelta(snapshot: Snapshot, delta: Delta): Snapshot | undefined {
  if (delta.from !== snapshot.revision) return undefined;
  const { from: _, ...rest } = delta;
  return {
    ...rest,
    processes: replaced(snapshot.processes, delta.processes),
    threads: replaced(snapshot.threads, delta.threads),
  };
}

function replaced<T extends { key: string }>(old: T[], changed: T[]): T[] {
  if (changed.length === 0) return old;
  const byKey = new Map(old.map((item) => [item.key, item]));
  for (const item of changed) byKey.set(item.key, item);
  return [...byKey.values()];
}
