// The wire from the debugged program to us: what the probe writes to its spool file, one JSON object a line.
// A recording is the same lines, merged from all processes of a run, behind one `recording` line.
//
// Units: `t` is in µs on the system's monotonic clock (one clock for all threads and processes of a machine since it
// started); `wall` is in ms since 1970.
import { RECORD_WORDS } from './activity';
import { endsWithRecord } from './activityBatch';
import { LARGEST_RING, PROBE_PROTOCOL_VERSION } from './spool';

/** A place in the source. `file` is an absolute path, or a URL where there is no path; line and column count from 1. */
export interface Site {
  file: string;
  line: number;
  column: number;
  function?: string;
}

/** How a thread's own code came to its end, as the thread saw it itself. */
export type ExitCause = (typeof EXIT_CAUSES)[number];
/** `abrupt-call`: a call that ends the process at once, such as Python's `os._exit()`: nothing else of it runs. */
const EXIT_CAUSES = ['returned', 'exit-call', 'error', 'abrupt-call'] as const;

/** Each has a room of its own in `model/runtimes`. */
export const RUNTIME_IDS = ['node', 'python'] as const;
export type RuntimeId = (typeof RUNTIME_IDS)[number];

/** The main thread's id, in every runtime. */
export const MAIN_THREAD = 0;

interface Written {
  /** Process key: `<pid>-<t at which its probe started>`, unique on a machine though pids are reused. */
  p: string;
  /** Runtime's id of the thread that wrote this; 0 is the main thread. */
  tid: number;
  /** Counts the records of this thread from 0; a hole means lost records, a repetition a doubled one. */
  q: number;
  t: number;
}

/** First record of each process. */
export interface ProcessStart extends Written {
  k: 'process-start';
  v: number;
  pid: number;
  ppid: number;
  /** Linux: within which pids are counted. In a container the same ones mean other processes. */
  namespace?: string;
  runtime: RuntimeId;
  /** Version of the runtime without a leading "v". */
  version: string;
  argv: string[];
  execArgv: string[];
  cwd: string;
  /** Names of threads that lived in the process that forked this one, when it did; they are not in it. */
  beside?: string[];
  wall: number;
  /** In ms from now: then it tells what keeps it alive, if its loop turns, and no worker has been started. */
  looksAfter?: number;
}

/** Names of the hooks that this runtime does not offer; the facts they tell are unknown. */
export interface HooksMissing extends Written {
  k: 'hooks-missing';
  names: string[];
}

/** Instead of all else: this runtime cannot be observed, the program runs as if without a probe. */
export interface Unsupported extends Written {
  k: 'unsupported';
  v: number;
  pid: number;
  /** Absent in version 1: Node. */
  runtime?: RuntimeId;
  version: string;
  wall: number;
}

/** By the worker's own probe, before the worker's script: the thread can tell of itself. */
export interface ThreadBegin extends Written {
  k: 'thread-begin';
  name?: string;
  /** The system's own id of the thread. */
  native?: number;
}

/** By the owner, inside `new Worker(…)`. */
export interface ThreadStart extends Written {
  k: 'thread-start';
  id: number;
  /** Absent when the program gave none, or when the runtime does not tell it (Node 20). */
  name?: string;
  /** Path or URL of the script; absent for `eval`. */
  file?: string;
  eval?: true;
  /** Fixed at the start, where the runtime has it so: it does not keep the process alive. Absent in Node. */
  daemon?: boolean;
  /** It is a daemon, or none, only because the thread that made it is so. */
  inherited?: true;
  /** Name of the function that it runs, in `file`. */
  runs?: string;
  /** What of a library made it: a stable id, such as `executor`, `timer`, `queue-listener`; readers know only some. */
  madeBy?: string;
  /** Number of the executor that it is of, which waits tell for its tasks. */
  pool?: number;
  /** Its standard input is a stream that its owner writes to and ends. */
  stdin?: true;
  /** A thread of the runtime's own, such as the one that runs module loader hooks. */
  internal?: true;
  at?: Site;
  /** The innermost call that is in no package, where `at` is in one. */
  from?: Site;
  /** Where it was made, of one that is a daemon by inheritance. */
  made?: Site;
  /**
   * Number, in the thread that tells, of the calls that led to it. With the first start by the same: the calls outside of
   * `from`, or `at`, that are in no package; the packages in between; and whether the call at `from` constructs something of theirs.
   */
  calls?: number;
  callers?: Site[];
  through?: string[];
  makes?: true;
  /** What the script of a package is told to load. */
  loads?: string[];
}

/** What the script of a package is told to load, all of it so far. */
export interface ThreadLoads extends Written {
  k: 'thread-loads';
  id: number;
  files: string[];
  /** How many more there were. */
  more?: number;
}

/** A thread was to be started, and could not be. */
export interface StartFailed extends Written {
  k: 'start-failed';
  name?: string;
  message: string;
  at?: Site;
}

/** The program gave a thread that had started another name. */
export interface ThreadRenamed extends Written {
  k: 'thread-renamed';
  id: number;
  name: string;
}

/** By the owner: the thread is about to run its script. */
export interface ThreadOnline extends Written {
  k: 'thread-online';
  id: number;
}

/** By the owner, only when it flips whether the worker keeps its owner's loop turning. At its start it does. */
export interface ThreadRef extends Written {
  k: 'thread-ref' | 'thread-unref';
  id: number;
  at?: Site;
  /** Not by ref() or unref(): a listener for its messages was added or removed. */
  listener?: true;
}

/**
 * By the owner, of a thread that it flips too often to tell of each at once: its flips since the last record of that kind or
 * of the two above.
 */
export interface ThreadFlips extends Written {
  k: 'thread-flips';
  id: number;
  /** How many; may be 0. */
  count: number;
  /** When the first and the last of them were; of none, when the last before them was. */
  since: number;
  until: number;
  /** As the last left it. */
  refd: boolean;
  /** Where it was seen to be ref'd and unref'd: not each call was looked at. */
  refAt?: Site;
  unrefAt?: Site;
  /** As above, of the last. */
  listener?: true;
  /** It goes on: what follows is told later, unless the owner is killed before. */
  open?: true;
}

/** By the owner: `terminate()` was called on a thread that had not ended. */
export interface TerminateCall extends Written {
  k: 'terminate-call';
  id: number;
  at?: Site;
}

/** An uncaught error ends thread `id`; reported by the thread itself or, where it has no probe, by its owner. */
export interface ThreadError extends Written {
  k: 'thread-error';
  id: number;
  name: string;
  message: string;
  stack?: string;
  at?: Site;
  /** By its owner: whether anybody listened for it there. */
  heard?: boolean;
}

/** By the thread itself, main too: its code is over and its exit handlers are about to run. */
export interface Exiting extends Written {
  k: 'exiting';
  cause: ExitCause;
  /** Absent where it is not known. */
  code?: number;
  /** Of a code that the runtime ends with by itself where an await has not settled: the program had set it. */
  chosen?: true;
  at?: Site;
}

/** By the thread itself, main too: its exit handlers have run. After main's, no other thread lives for long. */
export interface Exited extends Written {
  k: 'exited';
  /** Absent where it is not known. */
  code?: number;
  /** Processor time of the thread, in µs. */
  computed?: number;
  /** Of main: up to so many bytes that it wrote to its standard output and error had not been taken; absent when none. */
  unsent?: number;
  /** How many writes to files it had begun, and not heard the end of; absent when none. */
  writing?: number;
}

/**
 * By main, after its code: what the end of the process waits for now. `threads`: for those that keep it alive, `waitsFor`;
 * `callbacks`: those that run before that, as executors have them; `exit-handlers`: as by `atexit`. The end of the last is told
 * by `exited`.
 */
export interface ExitPhase extends Written {
  k: 'exit-phase';
  phase: (typeof EXIT_PHASES)[number];
  waitsFor?: number[];
}
const EXIT_PHASES = ['callbacks', 'threads', 'exit-handlers'] as const;

/**
 * By main that is about to end: something that nobody will finish any more.
 * `unflushed`: `count` bytes of the file `path`, which have not reached the system; `queue`: `count` items of a queue, by `name`,
 * not taken or not done; `lock`: held by thread `id`; `transaction`: open, in the database `path`; `cleanup`: a `finally` or `with`
 * block at `at`, in the function `name`, which does not run, and so leaves the file `path`, if it would have removed one; `globals`: those of main's module, which are not finalized because
 * thread `id` runs a function of it; `process`: `name`, which only thread `id` had to do with, runs on.
 */
export interface LeftUndone extends Written {
  k: 'left-undone';
  undone: (typeof UNDONE)[number];
  /** Thread that was at it, where that is known. */
  id?: number;
  count?: number;
  /** `count` is exactly so many; else about. */
  exact?: true;
  path?: string;
  name?: string;
  at?: Site;
}
const UNDONE = ['unflushed', 'queue', 'lock', 'transaction', 'cleanup', 'globals', 'process'] as const;

/**
 * What the program's source says of thread `id`, found when there was an occasion.
 * `task-not-done`: it takes items of the queue `name`, and from `at` on goes for the next without task_done();
 * `hides`: its class has at `at` an attribute `name` in place of what Python's own class has under that name;
 * `server`: it serves a request for a server that is made at `at`, or whose class `name` is; `asks`: it was seen in a loop at
 * `at`, or its function has one, that asks for something again and again, by `name`, and waits for nothing; `computed`: its
 * processor time by then, in µs;
 * `no-target`: it was given nothing to do; `run`: that of a thread `name` was called at `at`, which nobody has started.
 */
export interface Clue extends Written {
  k: 'clue';
  clue: (typeof CLUES)[number];
  id: number;
  name?: string;
  at: Site;
  computed?: number;
}
const CLUES = ['task-not-done', 'hides', 'server', 'asks', 'no-target', 'run'] as const;

/** A task of a pool ended by an error. `read`: somebody has asked for its result. */
export interface TaskFailed extends Written {
  k: 'task-failed';
  /** Thread that ran it. */
  id?: number;
  /** Name of its function. */
  name?: string;
  message: string;
  stack?: string;
  /** Where the error was thrown, and where the task was given to the pool. */
  at?: Site;
  from?: Site;
  read?: true;
}

/** By main, after its code: what its end called failed, and Python ignored that. The phase is that of `exit-phase`. */
export interface ExitFailed extends Written {
  k: 'exit-failed';
  phase: 'callbacks' | 'exit-handlers';
  /** Of the function that was called. */
  name?: string;
  message: string;
  stack?: string;
  /** Where the error was thrown. */
  at?: Site;
}

/** By an owner that is about to end, of those of its threads that have not: their ids, as far as each can be told. */
export interface LastLook extends Written {
  k: 'last-look';
  /** Somebody listens for their messages. */
  heard: number[];
  /** Nobody does. */
  unheard: number[];
  /** Their loops waited for events at that moment; or were busy. */
  idle: number[];
  busy: number[];
}

/** The process is about to go on with another program, unless that fails. */
export interface Replacing extends Written {
  k: 'replacing';
  at: Site;
}

/**
 * By a thread: how many listeners the program has added for its own exit, and where the first of them was. They do not run when
 * it is killed or terminated. The last such record counts.
 */
export interface ExitListeners extends Written {
  k: 'exit-listeners';
  count: number;
  at?: Site;
}

/** By main that is about to end: child processes that it started and that have not ended, as far as it knows. */
export interface ChildrenLeft extends Written {
  k: 'children-left';
  children: Thing[];
}

/**
 * By its owner, of a thread that did not just wait for events: where in the program it was.
 * `when`: `exit`, after the exit handlers of main, which is its owner or that of one above it, when nothing but its death was
 * to come; `stall`, while its loop did not turn; `awaited`, by one that waits for its end; `asked`, because a person asked.
 */
export interface ThreadStack extends Written {
  k: 'stack';
  id: number;
  /** Innermost first: the program's own frames, as many as the runtime tells. Of a stall, where the functions begin. */
  frames: Site[];
  /** The runtime's own function that the innermost of them had called. Of one that sleeps, the call of the system. */
  within?: string;
  /** It slept in a call of the system, which nobody can interrupt, so that it could not be asked for more. */
  sleeps?: true;
  /** Name of the task that its pool gave it, and where the pool was given it. */
  task?: string;
  from?: Site;
  when: (typeof STACK_MOMENTS)[number];
}

const STACK_MOMENTS = ['exit', 'stall', 'awaited', 'asked'] as const;

/** By the owner: the thread is gone, as a fact of the runtime. */
export interface ThreadExit extends Written {
  k: 'thread-exit';
  id: number;
  code: number;
  outOfMemory?: true;
  /** Its owner waited for its next message, by `once()`, and did not hear of its end. */
  awaited?: true;
  /** Processor time of the thread, in µs. */
  computed?: number;
}

/** The probe could not do something; the program went on. */
export interface ProbeError extends Written {
  k: 'probe-error';
  message: string;
}

/** `count` records of this thread could not be written (a full disk, no file descriptors) and are gone. */
export interface RecordsLost extends Written {
  k: 'records-lost';
  count: number;
}

/**
 * Not by the probe but by whoever follows the spool: the process is gone.
 * `how`: its exit status was read; its pid was found gone; it runs another program by now, as by `process.execve()`; or we
 * stopped looking while it still ran.
 */
export interface ProcessEnd {
  k: 'process-end';
  p: string;
  t: number;
  how: 'exit-status' | 'gone' | 'replaced' | 'lost-contact';
  code?: number;
  signal?: string;
}

/**
 * Not by the probe but by whoever follows the spool: at times the process could not write all of its records, nor perhaps
 * those that would tell how many. What they do not show may have happened.
 */
export interface Unwritten {
  k: 'unwritten';
  p: string;
  t: number;
}

/** Not by the probe but by whoever follows the spool: main has told its last, and the process is there all the same. */
export interface StillRuns {
  k: 'still-runs';
  p: string;
  t: number;
}

/** First line of a recording. */
export interface RecordingHead {
  k: 'recording';
  v: number;
  /** Version of Thread Lifelines that wrote it. */
  by: string;
  /** What was run, for people. */
  title: string;
  wall: number;
}

export type ProbeRecord =
  | ProcessStart
  | HooksMissing
  | Unsupported
  | ThreadBegin
  | ThreadStart
  | StartFailed
  | ThreadRenamed
  | ThreadLoads
  | ThreadOnline
  | ThreadRef
  | ThreadFlips
  | TerminateCall
  | ThreadError
  | Exiting
  | Exited
  | ThreadExit
  | LastLook
  | ExitListeners
  | Replacing
  | ChildrenLeft
  | ExitPhase
  | LeftUndone
  | Clue
  | TaskFailed
  | ExitFailed
  | ThreadStack
  | ProbeError
  | RecordsLost
  | PortNamed
  | PostSite
  | WaitSite
  | LockName
  | DatabaseNamed
  | TaskName;

/** Activity of one thread, drained from its ring by any thread of the process. */
export interface ActivityBatch {
  k: 'activity';
  p: string;
  /** The thread whose ring it is. */
  tid: number;
  /** When it was drained. */
  t: number;
  /** What times in the records count from. */
  base: number;
  /** Number of the first record, modulo 2^32; what is missing between two batches was dropped. */
  n: number;
  /** Base64 of records as in activity.ts. */
  records: string;
}

/**
 * What keeps a thread's loop turning, as the runtime names it (`Timeout`, `TCPServerWrap` …): how many of each. Pipes and
 * terminals count while they are read.
 */
export interface Resources {
  k: 'resources';
  p: string;
  tid: number;
  t: number;
  counts: Record<string, number>;
  /** The ports among them, as far as they are known by number. */
  ports?: number[];
  /** Ids of its workers whose next message it waits for, and only for that one, as by `once()`. */
  awaits?: number[];
  /** Those of which more is known than their kind. */
  things?: Thing[];
}

/** One thing that keeps a loop turning, or several of which the same is known. */
export interface Thing {
  /** Under which name it counts. */
  name: string;
  /** How many; absent: one. */
  count?: number;
  /** What the runtime made of it, such as `http-server`; readers know only some. */
  what?: string;
  /** Where it was made. */
  at?: Site;
  /** Where it listens. */
  port?: number;
  path?: string;
  /** Of a child process. */
  pid?: number;
  command?: string;
}

/**
 * By the thread itself: it has begun to wait, otherwise than for the events of its loop, and has waited. `n` counts its waits.
 * Both are told at once. Short waits at a high rate may be left out, both together.
 */
export interface Wait {
  k: 'wait';
  p: string;
  tid: number;
  t: number;
  n: number;
  /** Stable id, such as `join`, `lock`, `condition`, `event`, `queue-get`, `queue-join`, `future`; readers know only some. */
  what: string;
  at?: Site;
  /** Number of the object in this process, by which waits for the same are told; and what the program calls it. */
  on?: number;
  name?: string;
  /** Thread that it waits for, as by join. */
  whom?: number;
  /** Thread that holds what it waits for, and where it took it. */
  holder?: number;
  heldAt?: Site;
  /** Number of the executor of whose tasks it waits for one. */
  pool?: number;
  /** In ms, where it does not wait for ever. */
  timeout?: number;
  /** Of a queue: how many items it held, and how many were not done. */
  items?: number;
  unfinished?: number;
}
export interface Waited {
  k: 'waited';
  p: string;
  tid: number;
  t: number;
  n: number;
  outcome: (typeof WAIT_ENDS)[number];
}
const WAIT_ENDS = ['done', 'timed-out', 'error'] as const;

/**
 * By the thread of its event loop: the loop has made a task, and that has ended. `n` counts the tasks of the process. Told where a
 * person asked for it.
 */
export interface AsyncTask {
  k: 'async-task';
  p: string;
  tid: number;
  t: number;
  n: number;
  name?: string;
  /** Name of its coroutine, and where that is. */
  runs?: string;
  of?: Site;
  /** Where it was made. */
  at?: Site;
}
export interface AsyncTaskEnd {
  k: 'async-task-end';
  p: string;
  tid: number;
  t: number;
  n: number;
  end: AsyncTaskEnding;
  /** Where it was given another meanwhile. */
  name?: string;
  /** What it raised, and where. */
  error?: string;
  at?: Site;
}
/** `pending`: its loop was closed, or nobody had it any more, before it ended. */
export type AsyncTaskEnding = (typeof ASYNC_TASK_ENDINGS)[number];
const ASYNC_TASK_ENDINGS = ['returned', 'cancelled', 'raised', 'pending', 'unknown'] as const;

/** So many tasks of this thread's event loop were not told so far, because there were too many at once. */
export interface AsyncTasksLeftOut {
  k: 'async-tasks-left-out';
  p: string;
  tid: number;
  t: number;
  count: number;
}

/**
 * Not by the probe but by whoever follows the spool, where the system tells it: how many threads the runtime's own pool has,
 * which the program does not see, and how many of them were busy at that moment. Told while some are, and whenever a thread of
 * the process has computed.
 */
export interface SystemThreads {
  k: 'system-threads';
  p: string;
  t: number;
  pool: number;
  busy: number;
  /** How many threads there are that no probe told of, those of the pool too; and their processor time together, in ms. */
  hidden?: number;
  hiddenMs?: number;
  /** Ids of threads that have computed since they were last told here, and the processor time of each, in ms. */
  ids?: number[];
  ms?: number[];
}

/**
 * Not by the probe but likewise, of a runtime whose threads take turns under one lock: how often each of `ids` was looked at so
 * far, how often it ran then, or waited for a processor, and how often it waited for its turn.
 */
export interface Turns {
  k: 'turns';
  p: string;
  t: number;
  ids: number[];
  looks: number[];
  runs: number[];
  waits: number[];
}

/** Not by the probe but by whoever follows the spool: when the process was gone, these of its child processes ran. */
export interface Outlived {
  k: 'outlived';
  p: string;
  t: number;
  pids: number[];
}

/** Not by the probe, but likewise: native modules that the process has loaded, apart from those told before. */
export interface NativeModules {
  k: 'native-modules';
  p: string;
  t: number;
  files: string[];
}

/** By the thread itself: what is known of one of its ports. */
export interface PortNamed extends Written {
  k: 'port';
  port: number;
  /** Name of the BroadcastChannel; empty while it is not known. */
  broadcast?: string;
  /** Where it was made to keep the loop turning. */
  at?: Site;
}

/** By the thread itself: a place from which it posts on one of its ports. Of many places and ports not all are reported. */
export interface PostSite extends Written {
  k: 'post-site';
  port: number;
  at: Site;
  /** When nobody was there any more. */
  astray?: true;
}

/** By the thread itself: a place at which it waits without turning its loop. `site` counts from 1 in each thread. */
export interface WaitSite extends Written {
  k: 'wait-site';
  site: number;
  at: Site;
}

/** By the thread itself: a lock that it asks for, by the name that all threads of its process know it by. */
export interface LockName extends Written {
  k: 'lock-name';
  /** Counts from 1 in each thread. */
  lock: number;
  name: string;
}

/** By the thread itself: a database in which it began a transaction. */
export interface DatabaseNamed extends Written {
  k: 'database';
  /** Counts from 1 in each thread. */
  database: number;
  file: string;
}

/** By the thread itself: a task that a pool gave it, by its name and the file that has it, as far as the pool says. */
export interface TaskName extends Written {
  k: 'task-name';
  /** Counts from 1 in each thread. */
  task: number;
  name?: string;
  file?: string;
}

/** Not by the probe: the person asked the debugger to stop the program. */
export interface StopRequest {
  k: 'stop-request';
  p: string;
  t: number;
  /** What it cut off counts as a finding all the same. */
  findings?: true;
}

/** Not by the probe: the debugger paused a thread, or let it go on. */
export interface DebuggerPause {
  k: 'pause' | 'resume';
  p: string;
  t: number;
  tid: number;
}

/** Not by the probe: a person had the debugger do something to a thread that changes nothing of what it does. */
export interface Deed {
  k: 'deed';
  p: string;
  t: number;
  tid: number;
  deed: DeedKind;
}
export type DeedKind = (typeof DEED_KINDS)[number];
const DEED_KINDS = ['stack', 'profile', 'heap-snapshot'] as const;

/** Not by the probe: the debugger knows the name that the program gave a thread, which older runtimes do not tell. */
export interface ThreadNamed {
  k: 'thread-named';
  p: string;
  t: number;
  tid: number;
  name: string;
}

/** What may be missing without a lifeline being wrong. */
export type ActivityEvent = ActivityBatch | Resources | Wait | Waited | AsyncTaskEvent | SystemThreads | Turns;
export type AsyncTaskEvent = AsyncTask | AsyncTaskEnd | AsyncTasksLeftOut;
/** All that the model folds. */
export type LifecycleEvent =
  | ProbeRecord
  | ProcessEnd
  | StillRuns
  | Unwritten
  | StopRequest
  | DebuggerPause
  | Deed
  | ThreadNamed
  | NativeModules
  | Outlived
  | ActivityEvent;

/** What may stand in a field. */
interface Kinds {
  string: string;
  base64: string;
  number: number;
  true: true;
  boolean: boolean;
  strings: string[];
  numbers: number[];
  counts: Record<string, number>;
  site: Site;
  sites: Site[];
  things: Thing[];
}
type Kind = keyof Kinds;
/** By the type of a field: one of a type that is not above does not compile, nor one without its row below. */
type KindOf<T> = [T] extends [true] ? 'true' : { [K in Kind]: [T] extends [Kinds[K]] ? K : never }[Kind];
type Shape = Record<string, Kind | `${Kind}?`>;
type ShapeOf<E> = {
  [F in Exclude<keyof E, 'k'>]-?: object extends Pick<E, F> ? `${KindOf<NonNullable<E[F]>>}?` : KindOf<E[F]>;
};

type EventOf<K, E = LifecycleEvent> = E extends { k: infer Own } ? (K extends Own ? E : never) : never;

const WRITTEN: ShapeOf<Written> = { p: 'string', tid: 'number', q: 'number', t: 'number' };
const SHAPES: { [K in LifecycleEvent['k']]: ShapeOf<EventOf<K>> } = {
  'process-start': {
    ...WRITTEN,
    v: 'number',
    pid: 'number',
    ppid: 'number',
    namespace: 'string?',
    runtime: 'string',
    version: 'string',
    argv: 'strings',
    execArgv: 'strings',
    cwd: 'string',
    beside: 'strings?',
    wall: 'number',
    looksAfter: 'number?',
  },
  'hooks-missing': { ...WRITTEN, names: 'strings' },
  unsupported: { ...WRITTEN, v: 'number', pid: 'number', runtime: 'string?', version: 'string', wall: 'number' },
  'thread-begin': { ...WRITTEN, name: 'string?', native: 'number?' },
  'thread-start': {
    ...WRITTEN,
    id: 'number',
    name: 'string?',
    file: 'string?',
    eval: 'true?',
    daemon: 'boolean?',
    inherited: 'true?',
    runs: 'string?',
    madeBy: 'string?',
    pool: 'number?',
    stdin: 'true?',
    internal: 'true?',
    at: 'site?',
    from: 'site?',
    made: 'site?',
    calls: 'number?',
    callers: 'sites?',
    through: 'strings?',
    makes: 'true?',
    loads: 'strings?',
  },
  'thread-loads': { ...WRITTEN, id: 'number', files: 'strings', more: 'number?' },
  'start-failed': { ...WRITTEN, name: 'string?', message: 'string', at: 'site?' },
  'thread-renamed': { ...WRITTEN, id: 'number', name: 'string' },
  'thread-online': { ...WRITTEN, id: 'number' },
  'thread-ref': { ...WRITTEN, id: 'number', at: 'site?', listener: 'true?' },
  'thread-unref': { ...WRITTEN, id: 'number', at: 'site?', listener: 'true?' },
  'thread-flips': {
    ...WRITTEN,
    id: 'number',
    count: 'number',
    since: 'number',
    until: 'number',
    refd: 'boolean',
    refAt: 'site?',
    unrefAt: 'site?',
    listener: 'true?',
    open: 'true?',
  },
  'terminate-call': { ...WRITTEN, id: 'number', at: 'site?' },
  'thread-error': {
    ...WRITTEN,
    id: 'number',
    name: 'string',
    message: 'string',
    stack: 'string?',
    at: 'site?',
    heard: 'boolean?',
  },
  exiting: { ...WRITTEN, cause: 'string', code: 'number?', chosen: 'true?', at: 'site?' },
  exited: { ...WRITTEN, code: 'number?', computed: 'number?', unsent: 'number?', writing: 'number?' },
  'thread-exit': {
    ...WRITTEN,
    id: 'number',
    code: 'number',
    outOfMemory: 'true?',
    awaited: 'true?',
    computed: 'number?',
  },
  'last-look': { ...WRITTEN, heard: 'numbers', unheard: 'numbers', idle: 'numbers', busy: 'numbers' },
  'exit-listeners': { ...WRITTEN, count: 'number', at: 'site?' },
  replacing: { ...WRITTEN, at: 'site' },
  'children-left': { ...WRITTEN, children: 'things' },
  'exit-phase': { ...WRITTEN, phase: 'string', waitsFor: 'numbers?' },
  'left-undone': {
    ...WRITTEN,
    undone: 'string',
    id: 'number?',
    count: 'number?',
    exact: 'true?',
    path: 'string?',
    name: 'string?',
    at: 'site?',
  },
  clue: { ...WRITTEN, clue: 'string', id: 'number', name: 'string?', at: 'site', computed: 'number?' },
  'task-failed': {
    ...WRITTEN,
    id: 'number?',
    name: 'string?',
    message: 'string',
    stack: 'string?',
    at: 'site?',
    from: 'site?',
    read: 'true?',
  },
  'exit-failed': {
    ...WRITTEN,
    phase: 'string',
    name: 'string?',
    message: 'string',
    stack: 'string?',
    at: 'site?',
  },
  stack: {
    ...WRITTEN,
    id: 'number',
    frames: 'sites',
    within: 'string?',
    sleeps: 'true?',
    task: 'string?',
    from: 'site?',
    when: 'string',
  },
  'probe-error': { ...WRITTEN, message: 'string' },
  'records-lost': { ...WRITTEN, count: 'number' },
  port: { ...WRITTEN, port: 'number', broadcast: 'string?', at: 'site?' },
  'post-site': { ...WRITTEN, port: 'number', at: 'site', astray: 'true?' },
  'wait-site': { ...WRITTEN, site: 'number', at: 'site' },
  database: { ...WRITTEN, database: 'number', file: 'string' },
  'lock-name': { ...WRITTEN, lock: 'number', name: 'string' },
  'task-name': { ...WRITTEN, task: 'number', name: 'string?', file: 'string?' },
  activity: { p: 'string', tid: 'number', t: 'number', base: 'number', n: 'number', records: 'base64' },
  resources: {
    p: 'string',
    tid: 'number',
    t: 'number',
    counts: 'counts',
    ports: 'numbers?',
    things: 'things?',
    awaits: 'numbers?',
  },
  wait: {
    p: 'string',
    tid: 'number',
    t: 'number',
    n: 'number',
    what: 'string',
    at: 'site?',
    on: 'number?',
    name: 'string?',
    whom: 'number?',
    pool: 'number?',
    holder: 'number?',
    heldAt: 'site?',
    timeout: 'number?',
    items: 'number?',
    unfinished: 'number?',
  },
  waited: { p: 'string', tid: 'number', t: 'number', n: 'number', outcome: 'string' },
  'async-task': {
    p: 'string',
    tid: 'number',
    t: 'number',
    n: 'number',
    name: 'string?',
    runs: 'string?',
    of: 'site?',
    at: 'site?',
  },
  'async-task-end': {
    p: 'string',
    tid: 'number',
    t: 'number',
    n: 'number',
    end: 'string',
    name: 'string?',
    error: 'string?',
    at: 'site?',
  },
  'async-tasks-left-out': { p: 'string', tid: 'number', t: 'number', count: 'number' },
  'system-threads': {
    p: 'string',
    t: 'number',
    pool: 'number',
    busy: 'number',
    hidden: 'number?',
    hiddenMs: 'number?',
    ids: 'numbers?',
    ms: 'numbers?',
  },
  turns: { p: 'string', t: 'number', ids: 'numbers', looks: 'numbers', runs: 'numbers', waits: 'numbers' },
  outlived: { p: 'string', t: 'number', pids: 'numbers' },
  'native-modules': { p: 'string', t: 'number', files: 'strings' },
  'still-runs': { p: 'string', t: 'number' },
  unwritten: { p: 'string', t: 'number' },
  'stop-request': { p: 'string', t: 'number', findings: 'true?' },
  pause: { p: 'string', t: 'number', tid: 'number' },
  resume: { p: 'string', t: 'number', tid: 'number' },
  deed: { p: 'string', t: 'number', tid: 'number', deed: 'string' },
  'thread-named': { p: 'string', t: 'number', tid: 'number', name: 'string' },
  'process-end': { p: 'string', t: 'number', how: 'string', code: 'number?', signal: 'string?' },
};

/** Words that stand for themselves; any other word in their place makes the record malformed. */
const WORDS: Record<string, readonly string[]> = {
  cause: EXIT_CAUSES,
  phase: EXIT_PHASES,
  undone: UNDONE,
  clue: CLUES,
  outcome: WAIT_ENDS,
  end: ASYNC_TASK_ENDINGS,
  how: ['exit-status', 'gone', 'replaced', 'lost-contact'],
  runtime: RUNTIME_IDS,
  deed: DEED_KINDS,
  when: STACK_MOMENTS,
};

/** What a process key looks like. */
const PROCESS_KEY = /^\d{1,10}-\d{1,16}$/;
/** 31 years after the start of the machine, in µs. */
const LATEST = 1e15;
/** The last moment that a `Date` can tell, in ms. */
const LAST_DATE = 8.64e15;
const WORD = 2 ** 32 - 1;
const LARGEST_ID = 2 ** 31 - 1;

/** Whole numbers from and to which a field may count; another makes the record malformed. */
const COUNTS: Record<string, readonly [least: number, most: number]> = {
  v: [1, PROBE_PROTOCOL_VERSION],
  tid: [0, LARGEST_ID],
  id: [0, LARGEST_ID],
  q: [0, WORD],
  n: [0, WORD],
  pid: [1, WORD],
  ppid: [0, WORD],
  port: [0, WORD],
  site: [0, WORD],
  lock: [0, WORD],
  database: [0, WORD],
  task: [0, WORD],
  count: [0, WORD],
  pool: [0, WORD],
  busy: [0, WORD],
  hidden: [0, WORD],
  hiddenMs: [0, WORD],
  native: [0, WORD],
  whom: [0, LARGEST_ID],
  holder: [0, LARGEST_ID],
  on: [0, WORD],
  items: [0, WORD],
  unfinished: [0, WORD],
  code: [-WORD, WORD],
};
/** Moments, which may have fractions. */
const MOMENTS: Record<string, number> = {
  t: LATEST,
  base: LATEST,
  since: LATEST,
  until: LATEST,
  timeout: LATEST,
  computed: LATEST,
  wall: LAST_DATE,
};

/** Longer text, and longer lists, are cut: the probe does so with most. */
const LONGEST_TEXT = 4096;
const LONGEST_LIST = 1 << 16;
/** No probe tells of nearly as many at once. */
const MOST_THINGS = 256;
/** Of a batch, in characters: a ring holds no more. */
const longestBatch = (): number => Math.ceil((LARGEST_RING * RECORD_WORDS * 4) / 3) * 4;

interface Field {
  name: string;
  kind: Kind;
  isOptional: boolean;
  isRight: (value: unknown) => boolean;
}
/** Made when they are needed: the probe, which has another part of this file, has no use for them. */
const FIELDS = new Map<LifecycleEvent['k'], Field[]>();

function fieldsOf(k: LifecycleEvent['k']): Field[] {
  let fields = FIELDS.get(k);
  if (!fields)
    FIELDS.set(k, (fields = Object.entries<Shape[string]>(SHAPES[k]).map(([name, kind]) => field(name, kind))));
  return fields;
}

function field(name: string, kind: Shape[string]): Field {
  return { name, kind: bare(kind), isOptional: isOptional(kind), isRight: checkOf(name, bare(kind)) };
}

function checkOf(name: string, kind: Kind): Field['isRight'] {
  const words = WORDS[name];
  const counts = COUNTS[name];
  const latest = MOMENTS[name];
  if (words) return (value) => words.includes(value as string);
  if (name === 'p') return (value) => isString(value) && PROCESS_KEY.test(value);
  if (counts && kind === 'number') return (value) => isWhole(value, ...counts);
  if (latest !== undefined) return (value) => isNumber(value) && value >= 0 && value <= latest;
  return CHECKS[kind];
}

/**
 * Checks one parsed line. Returns the record, or undefined when it is none that this version knows, or none that a probe
 * could have written: the caller counts those, because a line that cannot be read is a fact that may be missing. Nothing is
 * in it but what is known, all numbers are finite and in their range, and text and lists are bounded.
 */
export function asLifecycleEvent(value: unknown): LifecycleEvent | undefined {
  if (!isObject(value) || typeof value['k'] !== 'string' || !Object.hasOwn(SHAPES, value['k'])) return undefined;
  const k = value['k'] as LifecycleEvent['k'];
  const event: Record<string, unknown> = { k };
  for (const { name, kind, isOptional, isRight } of fieldsOf(k)) {
    const told = Object.hasOwn(value, name) ? value[name] : undefined;
    if (told === undefined && isOptional) continue;
    if (!isRight(told)) return undefined;
    event[name] = kind in CUTS ? CUTS[kind]!(told) : told;
  }
  if (k === 'thread-start' && !isAfterOwner(event)) return undefined;
  return event as unknown as LifecycleEvent;
}

/** Runtimes count their threads: who started one was there before. So no thread is below itself. */
const isAfterOwner = ({ id, tid }: Record<string, unknown>): boolean => (id as number) > (tid as number);

/** Fields of such an event that hold a place, a list of them, or of things that have one: by their type, now and later. */
export function placesOf(k: LifecycleEvent['k']): { one: string[]; many: string[]; within: string[] } {
  const kinds = Object.entries<Shape[string]>(SHAPES[k]);
  const fields = (wanted: Kind): string[] => kinds.filter(([, kind]) => bare(kind) === wanted).map(([field]) => field);
  return { one: fields('site'), many: fields('sites'), within: fields('things') };
}

/** Without a group that repeats: of long text that would need a deep stack. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isWhole = (value: unknown, least = 0, most = WORD): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

const CHECKS: Record<Kind, (value: unknown) => boolean> = {
  string: isString,
  base64: (value) => isString(value) && value.length <= longestBatch() && endsWithRecord(value) && BASE64.test(value),
  true: (value) => value === true,
  boolean: (value) => typeof value === 'boolean',
  number: isNumber,
  strings: (value) => Array.isArray(value) && value.every(isString),
  numbers: (value) => Array.isArray(value) && value.every((one) => isWhole(one)),
  counts: (value) => isObject(value) && Object.values(value).every((one) => isWhole(one)),
  site: isSite,
  sites: (value) => Array.isArray(value) && value.every(isSite),
  things: (value) => Array.isArray(value) && value.every(isThing),
};

const cutText = (text: string): string => (text.length > LONGEST_TEXT ? copied(text.slice(0, LONGEST_TEXT)) : text);
/** A part of a text keeps the whole of it in memory. */
const copied = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
const cutList = <T>(list: readonly T[]): readonly T[] =>
  list.length > LONGEST_LIST ? list.slice(0, LONGEST_LIST) : list;

const CUTS: { [K in Kind]?: (value: unknown) => unknown } = {
  string: (value) => cutText(value as string),
  strings: (value) => cutList(value as string[]).map(cutText),
  numbers: (value) => cutList(value as number[]),
  counts: (value) =>
    Object.fromEntries(cutList(Object.entries(value as Kinds['counts'])).map(([name, n]) => [cutText(name), n])),
  site: (value) => cutSite(value as Site),
  sites: (value) => cutList(value as Site[]).map(cutSite),
  things: (value) => (value as Thing[]).slice(0, MOST_THINGS).map(cutThing),
};

const cutSite = ({ file, line, column, function: name }: Site): Site => ({
  file: cutText(file),
  line,
  column,
  ...(name === undefined ? {} : { function: cutText(name) }),
});

const cutThing = ({ name, count, what, at, port, path, pid, command }: Thing): Thing => ({
  name: cutText(name),
  ...(count === undefined ? {} : { count }),
  ...(what === undefined ? {} : { what: cutText(what) }),
  ...(at ? { at: cutSite(at) } : {}),
  ...(port === undefined ? {} : { port }),
  ...(path === undefined ? {} : { path: cutText(path) }),
  ...(pid === undefined ? {} : { pid }),
  ...(command === undefined ? {} : { command: cutText(command) }),
});

const isOptional = (kind: Shape[string]): boolean => kind.endsWith('?');
const bare = (kind: Shape[string]): Kind => (isOptional(kind) ? kind.slice(0, -1) : kind) as Kind;

function isSite(value: unknown): value is Site {
  return (
    isObject(value) &&
    isString(value['file']) &&
    isWhole(value['line']) &&
    isWhole(value['column']) &&
    (value['function'] === undefined || isString(value['function']))
  );
}

function isThing(value: unknown): value is Thing {
  if (!isObject(value) || !isString(value['name'])) return false;
  const numbers = ['count', 'port', 'pid'].map((name) => value[name]);
  const texts = ['what', 'path', 'command'].map((name) => value[name]);
  return (
    numbers.every((one) => one === undefined || isWhole(one)) &&
    texts.every((one) => one === undefined || isString(one)) &&
    (value['at'] === undefined || isSite(value['at']))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
