// What the first file (`preload.ts`) gives to the parts that are compiled later: what it has heard, and Node's and JavaScript's own
// functions as they were when the probe loaded.
import type * as files from 'fs';
import type { ProbeRecord, Site } from '../../protocol/probeEvents';
import type { Listener, Raw } from './raw';

type RecordOf<K, R = ProbeRecord> = R extends { k: infer Kinds } ? (K extends Kinds ? R : never) : never;
/** What stands in a record besides who tells it. */
export type Told<K extends ProbeRecord['k']> = Omit<RecordOf<K>, 'k' | 'p' | 'tid' | 'q' | 't'>;

export interface Kept {
  /** Undefined once nobody else holds it. */
  get: () => object | undefined;
  at: Site | undefined;
}

/** What the program has made that may keep the process alive. */
export interface Made {
  timers: Kept[];
  servers: Kept[];
  children: Kept[];
  sockets: Kept[];
  /** By their handles. */
  watchers: Kept[];
  /** So many more may be looked at. */
  timersLeft: number;
  othersLeft: number;
  socketsLeft: number;
  /** Once this process has told which have not ended. */
  hasToldChildren?: true;
}

/** Where the process writes. */
export interface Place {
  /** Process key. */
  p: string;
  file: string;
  /** Path of the files with activity, but for number and ending. */
  activity: string;
  /** How much activity is kept on the disk. */
  activityBytes: number;
  /** How many records of activity each thread's ring holds; a power of two. 0: none is recorded. */
  ringRecords: number;
}

/** Under this name a worker gets it from its owner, as environment data. */
export const HANDED_DOWN = 'thread-lifelines';

/** What a worker gets from its owner, also one with an environment of its own. */
export interface Inheritance extends Place {
  /** Thread id of the owner. */
  owner: number;
  /** The rings of all threads of the process; absent where there is no shared memory. */
  arena?: SharedArrayBuffer;
  /** The part of the probe that workers run, compiled. */
  code?: SharedArrayBuffer;
}

/** One of a stack. */
export interface Frame {
  file: string;
  /** Of the program's frames alone. */
  line: number;
  column: number;
  function: string;
  /** It constructs something; of stacks as V8 gives them alone. */
  makes?: boolean;
}

/** Enough to pass our own frames and Node's, and reach the program's. */
export const FRAMES = 24;
/** A package may call far down before it starts a worker. */
export const FRAMES_TO_OWN = 60;

export interface Early {
  kept: Kept[];
  reference: WeakRef<object> | undefined;
  frames: Frame[];
}

/** What the first file has heard in main. */
export interface Begun {
  p: string;
  /** Path of the process's files, but for their endings. */
  path: string;
  /** How much activity is kept, as it is told (`activityLimits`). */
  activity: string | undefined;
  /** Number of the next record. */
  sequence: number;
  /** Records that are not written yet. */
  pending: string;
  /** Undefined where no activity is recorded. */
  made: Made | undefined;
  /** Node's own, for the exit of the process. */
  listeners: Listener[];
  /** Who looked up last how to add a listener, if anybody did. */
  adder: Frame[] | undefined;
  /** What has been made so far, and where. */
  early: Early[];
}

/** Tells what happens to a thread. None of it throws. */
export interface Watch {
  /** An error that nobody has handled so far. */
  failing: (error: unknown) => void;
  /** Node ends this thread; the exit handlers have not run. */
  exiting: (code: unknown) => void;
  /** They have. */
  exited: (code: unknown) => void;
  /** The handlers for an error have run, if there are any. @param handled whether there are */
  afterUncaught: (handled: unknown) => void;
}

export type ComeBack = (ms: number, next: () => void) => void;

/** All that main knows to tell, once there is anything. None of it throws. */
export interface Main {
  watch: Watch;
  /** The program has made something that may keep the process alive. */
  keep: (list: Kept[], object: unknown) => void;
  hearWatchers: () => void;
  /** Somebody is about to add listeners of the process, or to remove some. */
  lookedUp: (adds: boolean) => void;
  /** The process is about to go on with another program. */
  replacing: () => void;
  /** Node has its part for ports, and may be in the middle of loading that for workers. */
  workersCanBeMade: () => void;
  /** The process is a second old. @param comeBack calls what it is given after so many ms */
  look: (comeBack: ComeBack) => void;
  /** Somebody looks more often. */
  isLookedAt: boolean;
}

/** What has been heard of this thread's end so far. */
export interface Ending {
  /** Node is about to end it. */
  exiting: boolean;
  /** The program had set the code that Node ends with where an await has not settled. */
  chosen: boolean;
  /** Called where another thread's message is about to be emitted, with its id, if it is one; must not throw. */
  heard: ((from: unknown) => void) | undefined;
}

/** What the parts give. */
export interface Base {
  mainOf: (begun: Begun) => Main;
}
export interface InWorker {
  startInWorker: (inheritance: Inheritance) => Watch;
}

/** What a part uses of that on which it stands. */
export type Shared = readonly unknown[];
export type Part = (part: { exports: object }, given: Given, shared: Shared | undefined, file: string) => void;

type File =
  | 'closeSync'
  | 'constants'
  | 'existsSync'
  | 'fstatSync'
  | 'linkSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readlinkSync'
  | 'unlinkSync'
  | 'writeSync';

export interface Given {
  raw: Raw;
  /** Of Node's part for files. */
  files: Pick<typeof files, File>;
  /** A part of Node. Does not pass what the program has put around module loading. */
  builtin: (id: string) => object;
  now: () => number;
  /** The text of a part of the probe. Throws when the file cannot be read. */
  textOf: (name: 'base' | 'looking' | 'owner') => string;
  /** Compiles and runs it. Loads no part of Node, which may be half-way through loading. */
  part: (text: string, shared?: Shared) => object;
  /**
   * The part that workers run. Loads Node's part for scripts.
   * @param code what `code` gave in another thread: most of the time goes into compiling
   */
  threads: (code?: SharedArrayBuffer) => Threads;
  /**
   * Calls `loaded` once, inside of Node’s own loading, when the part `id` is there and complete. It must load nothing, for others
   * may be half loaded. Not where it is there already. Returns false where nothing will tell. `loaded` must not throw.
   */
  whenLoaded: (id: string, loaded: () => void) => boolean;
  /** Calls `hear` whenever somebody is about to add listeners of the process, or to remove some. It must not throw. */
  hearLookups: (hear: (adds: boolean) => void) => void;
  /** The stack from below this function on, innermost first. Throws where the program has frozen `Error`. */
  stack: (most: number, below: unknown) => Frame[];
  ending: Ending;
  /** Looks that can wait until the code that runs now has returned (`tools/later.ts`). */
  waiting: (() => void)[];
}

export interface Threads {
  part: object;
  /** It as it is compiled by now, with all functions that have run. */
  code: () => Buffer;
}

/** The name that esbuild.js gives to all code of the probe. */
export const PROBE = 'thread-lifelines:probe';

/** Node's part for workers, and its part for ports, which that one loads first. */
export const WORKER_PART = 'internal/worker';
export const PORTS_PART = 'internal/worker/io';

/** The first look at what keeps the process alive, in ms after its start: what is over sooner pays for next to nothing. */
export const FIRST_LOOK_MS = 1_000;
/** Timers, sockets, and servers with children, whose lines are looked for before it. */
export const FIRST_TIMERS = 24;
export const FIRST_OTHERS = 64;
export const FIRST_SOCKETS = 24;
