// The picture of a session that every view draws from: plain data, made by the model, sent by the adapter, kept by the
// host, shown by the webview. Times are µs on the machine's monotonic clock, as in probeEvents.ts.
import type { BlockingKind } from './activity';
import type { AsyncTaskEnding, DeedKind, RuntimeId, Site } from './probeEvents';
import type { RuleId, Severity } from './rules';

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
  | 'crash'
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
  /** Of `error`: a person interrupted it, as by Ctrl-C, which the language raises as an error of its own. */
  interrupt?: true;
  /** What it cost, on the one scale of `rules.ts`; absent: nothing that we saw says how it ended. */
  severity?: Severity;
}

/** A moment at which `value` began to hold, with the call that made it so. */
export interface Flip {
  t: number;
  /** Absent: from then on it is not known. */
  value?: boolean;
  at?: Site;
  /** Not by ref() or unref() of the program, but because a listener was added or removed, or by a person. */
  by?: 'listener' | 'hand';
  /** It is the last of several that are not kept apart: they are too many. */
  run?: FlipRun;
}

/** From `since` on until its last flip the value was now this and now that. */
export interface FlipRun {
  since: number;
  /** How many flips, with the last. Absent where it ended in the middle of a run, or is made of several. */
  count?: number;
  /** The last call that made the value the other one. */
  other?: Site;
}

export interface ThreadError {
  t: number;
  name: string;
  message: string;
  stack?: string;
  at?: Site;
}

/** A time in which a thread waited for another one. */
export interface WaitSpan {
  from: number;
  /** Absent while it lasts, and where the thread ended in it. */
  to?: number;
  /** Key of the other: whom it joined, or who had the lock. */
  whom: string;
}

export interface ThreadPicture {
  /** `<process key>:<thread id>` */
  key: string;
  process: string;
  /** The runtime's id; 0 is main. */
  id: number;
  /** Key of the thread that started it; null for main, and where the start was not seen. */
  owner: string | null;
  /** When it waited for which other threads, the last of them; absent for none, and where the runtime does not tell. */
  waits?: WaitSpan[];
  /** `tool`: of a compiler, a bundler or the like that the program runs under, or uses. */
  kind: 'main' | 'worker' | 'loader-hooks' | 'tool';
  /** What to call it: its name, else its file, else its id. Text from the program: never to be taken for markup. */
  label: string;
  name?: string;
  file?: string;
  startedAt: number;
  /** The program's own line that led to its start, or made its pool; where none is known, that of a library. */
  startSite?: Site;
  /** The line of a library that started it, by itself or because of that one. */
  startedBy?: { at: Site; library?: string };
  /** It is a daemon, or none, only because the thread that made it is so. */
  inherited?: true;
  /** What of a library made it: a stable id. */
  madeBy?: string;
  /** First sign that it runs: from itself, or 'online' as its owner saw it. */
  onlineAt?: number;
  state: ThreadState;
  /** The probe ran inside it, so it reported itself; else only what its owner saw is known. */
  probed: boolean;
  /** ref()/unref() on it, relative to its owner; the first is its start. Main: empty. */
  refs: Flip[];
  /** Whether it kept the process alive: ref'd in its owner, and its owner keeps it alive. Empty: unknown. */
  keepsAlive: Flip[];
  terminateCalls: { t: number; at?: Site; by?: 'hand' }[];
  /** The debugger holds it. */
  paused?: { since: number };
  /** What a person had the debugger find out about it. */
  deeds?: { t: number; deed: DeedKind }[];
  error?: ThreadError;
  ended?: Ending;
  /** Absent when none is known: not recorded, or the thread ran without the probe. */
  activity?: ThreadActivity;
  /** How long it has computed, in µs, as the system told at `t`. Absent where it does not tell. */
  processorTime?: { t: number; time: number };
  /** What it was in the middle of when it was ended from outside, what hurts most first. */
  unfinished?: Unfinished[];
  /** Where in the program it was at `t`, innermost first. */
  stack?: ThreadStack;
  /** What was seen of it and need be no trouble. */
  notes?: Note[];
  /** Tasks of its event loop; absent where none are told. */
  asyncTasks?: AsyncTasksPicture;
  /** Key of the pool that it belongs to. */
  pool?: string;
}

/** Tasks of an event loop. They are no threads: nothing is lost with one that does not end. */
export interface AsyncTasksPicture {
  /** By their beginnings: those that are pending, and the last that have ended; of very many not all. */
  tasks: AsyncTaskPicture[];
  /** How many there were, and how many of them have not ended or never did. */
  count: number;
  pending: number;
  /** How many more were not told, because there were too many at once. */
  leftOut?: number;
  /** How many by what they run, the most frequent first. Text from the program. */
  names: { name: string; count: number }[];
}

export interface AsyncTaskPicture {
  /** Counts the tasks of its process. */
  n: number;
  /** Its name, if the program gave it one, else what it runs. Text from the program, as all others. */
  label: string;
  name?: string;
  /** Name of its coroutine, and where that is. */
  runs?: string;
  of?: Site;
  /** Where it was made. */
  at?: Site;
  from: number;
  /** Absent while it is pending. */
  to?: number;
  end?: AsyncTaskEnding;
  /** What it raised, and where. */
  error?: string;
  raisedAt?: Site;
}

/** Of a compiler, a bundler, a loader or the like: not counted among the program's threads. */
export const isTooling = ({ kind }: Pick<ThreadPicture, 'kind'>): boolean => kind === 'tool' || kind === 'loader-hooks';

/** A sentence, and the line that it is about. */
export interface Note {
  text: string;
  at?: Site;
}

export interface ThreadStack {
  t: number;
  /** The program's own frames. */
  frames: Site[];
  /** The runtime's function that the innermost of them had called. */
  within?: string;
}

/** One thing that a thread had begun, or had still to do, when it was ended from outside. */
export interface Unfinished {
  what:
    | 'write'
    | 'file'
    | 'transaction'
    | 'task'
    | 'lock'
    | 'listener'
    | 'cleanup'
    | 'sent'
    | 'mail'
    | 'wait'
    | 'code'
    | 'pending';
  /** A phrase such as "writing 3 kB to out.log". */
  text: string;
  /** What happened to it. `completed`: if the system had begun it, it finished it, although nobody heard of it. */
  fate: 'lost' | 'completed' | 'unknown';
  path?: string;
  /** Of a write: how many bytes; of messages and items: how many. Absent: not known. */
  amount?: number;
  /** Of code: the line that ran, the program's own before a package's. */
  at?: Site;
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
  /** In what it waits without turning its loop (`what`: in words), and where; `timeout` in ms, absent when it waits forever. */
  blocked?: {
    kind: BlockingKind;
    what: string;
    since: number;
    timeout?: number;
    at?: Site;
    /** Label of the thread that it waits for, and what the program calls the object; where they are known. */
    whom?: string;
    name?: string;
  };
  /** Lines that made its loop wait for messages, and lines that post to other threads, by their keys. Not all are known. */
  listens?: Site[];
  posts?: { to: string; at: Site }[];
  /** How often it has waited so, and for how many µs together. */
  blocks: number;
  blockedFor: number;
  /** How often its loop was found not to turn for long, and for how many µs at least: one long synchronous run. */
  stalls: { count: number; longest: number };
  /**
   * Its loop has not turned since, as another thread found at `t`; and the function that it was last seen in, where that begins.
   * `computes`: nobody waits for it meanwhile, as far as that can be known.
   */
  unresponsive?: { since: number; t: number; in?: Site; computes?: true };
  /** It was asked something and has not answered, since so long: its owner's last message was to it and not from it. */
  asked?: { since: number };
  /** Tasks that pools gave it and that it has not done, by their names; empty where those are not known. Absent: none is known. */
  tasks?: string[];
  /** Begun and not finished, oldest first. What went to its standard output stands under that name. */
  writing: { to: string; bytes: number; since: number; isFile: boolean }[];
  /** Files that it has written to and that are still open, and when a write to them was last begun or finished. */
  openFiles: { path: string; lastWrite: number }[];
  /** Locks that it holds, and that it asked for and was not given so far. Absent: none. */
  locks?: LockPicture[];
  /** Listeners for its own exit, which have not run, and where the first of them was added. Absent: none is known. */
  exitListeners?: { count: number; at?: Site };
  /** Of databases, by their files: begun, and neither committed nor rolled back. Absent: none. */
  transactions?: { file: string; since: number; at?: Site }[];
  /** Busy share of its event loop, 0 to 1, in the time before `t`. */
  loop?: { t: number; busy: number };
  heap?: { t: number; usedKiB: number; limitKiB: number };
  /** What keeps its loop turning, as the runtime names it, and how many of each; `kept`: in phrases, where more is known. */
  resources?: { t: number; counts: Record<string, number>; kept?: string[] };
  /** Records of its activity that were dropped, for lack of room. */
  dropped: number;
}

/** A lock that threads of a process know by its name. */
export interface LockPicture {
  name: string;
  held: boolean;
  /** When it was given, or asked for. */
  since: number;
  /** Where it was asked for. */
  at?: Site;
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

/** What runs a process, and its own words: views say these and never ask which runtime it is. */
export interface RuntimePicture {
  id: RuntimeId;
  /** With the version, such as “Node 24.1.0”. */
  label: string;
  /** The oldest that can be observed, such as “Node 20”. */
  oldest: string;
  /** A thread that ends takes along those that it started. */
  endsWithOwner: boolean;
  /** A call that ends a thread leaves undone what that had only asked for. */
  exitDropsWork: boolean;
  /** What a thread is called, and one that the runtime started for itself. */
  thread: string;
  internalThread: string;
  /** “ref’d” and “unref’d”, and the calls that make a thread so. */
  keepsAlive: string;
  daemon: string;
  keepsAliveCall: string;
  daemonCall: string;
}

export interface ProcessPicture {
  key: string;
  pid: number;
  /** Counts from 0: a process that starts when none of the session lives begins a new run (a restart). */
  run: number;
  runtime: RuntimePicture;
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
  /** Nor may all of those be known: at times it could not write, and what is not shown may have happened. */
  unwritten?: true;
  /** What went wrong inside the probe. */
  problems: string[];
  /** How many more there were. */
  moreProblems?: number;
  /** Main's end, once known. `over`: the process itself is known to be gone. */
  exit?: Ending;
  over: boolean;
  /** What keeps it alive, now or when it ended; absent while nothing is known of that. */
  alive?: Alive;
  /** Since when main has had nothing of its own that kept it alive; absent while it has, and where that is not known. */
  mainIdleSince?: number;
  /** Child processes that were still running when it had ended, as phrases with their lines. */
  outlived?: string[];
  /** Up to so many bytes of what main wrote to its standard output and error were never taken. */
  unsent?: number;
  /**
   * How long all threads of the runtime's own pool were busy, in µs, where the system tells it and it was long enough to
   * matter; the longest time at a stretch from and to.
   */
  fullPool?: { threads: number; time: number; from: number; to: number };
  /** Threads of the runtime's own, which the program does not see. Absent where the system does not tell, and nothing matters. */
  hidden?: HiddenThreads;
  /** Who kept it alive over time apart from main's own work, oldest first; of very many, the latest. */
  holds: HoldSpan[];
  /** What the process waited for once main's code was over, in order. Absent: for nothing that took long, or that is not known. */
  afterMain?: AfterMain[];
  /** In what main waited when an exception from outside broke that off, as by Ctrl-C. */
  interrupted?: { t: number; since: number; call: string };
  /** What nobody finished, of which it is not known which thread was at it. */
  leftUndone?: Unfinished[];
  /** Where sessions are shown together: its own, and which of them that is. */
  session?: { title: string; order: number };
}

/** A time after main's code in which the process waited; or, at its end, main for what an event loop had left to threads. */
export interface AfterMain {
  phase: 'loop-end' | 'callbacks' | 'threads' | 'exit-handlers';
  from: number;
  /** Absent while it lasts, and where the process ended in it. */
  to?: number;
  /** Of `loop-end`, in what main waited. */
  call?: string;
  /** Keys of the threads that it waited for; empty where main waited for something else. */
  threads: string[];
  /** Phrases: those threads with what they were at, or in what main waited. */
  what: string[];
  /** It was broken off, as by Ctrl-C. */
  broken?: true;
}

/** What the system tells of threads that the program does not see. */
export interface HiddenThreads {
  label: string;
  /** How many at most, and how many of them were of the runtime's pool. */
  threads: number;
  pool: number;
  /** Their processor time together, in µs, as seen at `t`. */
  time: number;
  t: number;
  /** When threads of the pool were at work, and how many; of very many, the newest. */
  busy: { from: number; to: number; busy: number }[];
}

/** What keeps a process alive, as main last reported. */
export interface Alive {
  /** Moment of which this is known. */
  t: number;
  /** Of a process without other threads, which is looked at rarely: when main told of it. */
  seen?: number;
  /** Main has had nothing of its own to do since then, and only waits; absent while it works. */
  waitingSince?: number;
  /** Main’s loop has not turned since then, and no holder is named. Without a call it runs code or waits in one unseen. */
  main?: { since: number; call?: string; at?: Site };
  /** Those that have held it longest first. */
  holders: Holder[];
  /** Holders that are not named. */
  more: number;
  /**
   * Every thread only waits for messages of the others, and nothing from outside (a timer, a server, a child …) can wake
   * any: it will never end by itself.
   */
  stuck: boolean;
  /** Locks that were asked for long ago and that others hold; `null` stands for main. Absent: none. */
  locks?: { name: string; since: number; by: string | null; at?: Site; holder: string | null; holderAt?: Site }[];
}

/** What keeps a thread's loop turning and, up to main, the process alive. */
export interface Holder {
  kind: 'worker' | 'pool' | 'port' | 'broadcast' | 'resource';
  /** As a phrase: worker “layout”, 2 timers, BroadcastChannel “news”. */
  what: string;
  /** Key of the worker; of a port, of the thread at its other end, where that is known. */
  thread?: string;
  /** Key of the pool. */
  pool?: string;
  since?: number;
  /** Of a child process. */
  pid?: number;
  /** The line that made it hold: its start, ref(), the listener. */
  at?: Site;
  /** What keeps the worker itself from returning, in phrases. */
  because: string[];
}

/** From one moment to the next the same threads held the process. `to` is absent while they do. */
export interface HoldSpan {
  from: number;
  to?: number;
  /** Names of pools and labels of workers that are in none, at most three of them. */
  by: string[];
  /** Keys of those threads, as many as are worth a line to each. */
  threads: string[];
  /** How many threads. */
  count: number;
}

/** Workers that belong together: started by a package that is a pool, or many by one line. */
export interface PoolPicture {
  /** `<process key>/<number>` */
  key: string;
  process: string;
  /** Name of the package; absent for workers that only one line has in common. */
  package?: string;
  /** The package, or what its threads run. Text from the program, as its label is. */
  name: string;
  /** The name with how many threads there were when it was judged. */
  label: string;
  /** The program's own line that made it; of a pool that started its threads by itself, the package's. */
  at?: Site;
  /** Keys of all its threads that are kept, by time of start. */
  threads: string[];
  /** How many more there were, of which sums alone are kept. */
  earlier?: number;
  live: number;
  /** Living threads that were given a task and have not answered; absent where messages are not known. */
  busy?: number;
  /** The most that were busy at once. */
  mostBusy?: number;
}

/** Threads that ended long ago and have no pictures any more, summed up: all that one line started below one owner. */
export interface EarlierThreads {
  /** `<process key>~<number>` */
  key: string;
  process: string;
  /** Key of the nearest of their owners that is kept; null where it is not known. */
  owner: string | null;
  /** What they ran, or the package that started them. Text from the program: never to be taken for markup. */
  label: string;
  file?: string;
  at?: Site;
  count: number;
  /** How many of them were main threads, of processes that have no pictures any more either. */
  processes?: number;
  endings: Partial<Record<EndedBy, number>>;
  /** How many ended by an error that is no uncaught one of theirs: a listener heard of it, or it was that of a thread that they had started. */
  heard?: number;
  /** How many did not keep the process alive when they ended. */
  daemons: number;
  /** Start of the first, and end of the last. */
  first: number;
  last: number;
  /** How long they lived, in µs. */
  lives: { shortest: number; longest: number; total: number };
  /** Records of their activity that were dropped. */
  dropped: number;
}

/** One rule's verdict. */
export interface Finding {
  /** The same for as long as it stands. */
  id: string;
  rule: RuleId;
  /** Whose words of the rule are meant; absent: its general ones. */
  runtime?: RuntimeId;
  severity: Severity;
  process: string;
  /** Key of the thread or pool that it is about. */
  thread?: string;
  pool?: string;
  /** Of how many threads it is true; absent: of one. */
  count?: number;
  t: number;
  /** The line to look at first. */
  at?: Site;
  /** What was seen, in whole sentences. */
  text: string;
  /** What to change, in whole sentences. */
  advice: string;
  /** Other lines that belong to it: "unref() was called", "killed by". */
  related: { text: string; at: Site }[];
}

export interface Snapshot {
  /** Counts the changes of the model. */
  revision: number;
  title: string;
  /** The adapter's clock when this was sent. */
  now: number;
  processes: ProcessPicture[];
  threads: ThreadPicture[];
  /** Absent while there are none. */
  earlier?: EarlierThreads[];
  pools: PoolPicture[];
  /** Gravest first. */
  findings: Finding[];
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

/** All pictures that changed between two revisions, whole; a picture not named here stands, as do absent lists. */
export interface Delta extends Omit<Snapshot, 'pools' | 'findings'> {
  /** The revision that this delta builds on. */
  from: number;
  pools?: PoolPicture[];
  findings?: Finding[];
  /** Keys of threads that have no pictures any more; `earlier` comes with them. */
  removed?: string[];
  /** Keys of such processes. */
  removedProcesses?: string[];
}

/** Applies a delta to a snapshot in place of the old; undefined when one in between was missed. */
export function applyDelta(snapshot: Snapshot, delta: Delta): Snapshot | undefined {
  if (delta.from !== snapshot.revision) return undefined;
  const { from: _, removed = [], removedProcesses = [], ...rest } = delta;
  return {
    pools: snapshot.pools,
    findings: snapshot.findings,
    ...(snapshot.earlier ? { earlier: snapshot.earlier } : {}),
    ...rest,
    processes: replaced(without(snapshot.processes, removedProcesses), delta.processes),
    threads: replaced(without(snapshot.threads, removed), delta.threads),
  };
}

function without<T extends { key: string }>(old: T[], keys: string[]): T[] {
  if (keys.length === 0) return old;
  const gone = new Set(keys);
  return old.filter(({ key }) => !gone.has(key));
}

function replaced<T extends { key: string }>(old: T[], changed: T[]): T[] {
  if (changed.length === 0) return old;
  const news = new Map(changed.map((item) => [item.key, item]));
  const kept = old.map((item) => {
    const now = news.get(item.key);
    if (now) news.delete(item.key);
    return now ?? item;
  });
  return news.size > 0 ? [...kept, ...news.values()] : kept;
}
