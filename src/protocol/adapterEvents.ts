// The wire between the debug adapter and its client: our own DAP events and requests, and the launch options.
// docs/debug-adapter.md describes the same for people.
import type { ActivitySettings } from './spool';
import type { Delta, Snapshot } from './picture';
import type { DeedKind } from './probeEvents';
import type { TracksDelta } from './tracks';

export const DEBUG_TYPE = 'thread-lifelines';

/** Names of our DAP events (adapter → client) and requests (client → adapter). */
export const Dap = {
  /** Event: the whole picture; comes first, and again when asked for. Body: {@link Snapshot}. */
  snapshot: 'threadLifelines.snapshot',
  /** Event: what changed since, at most every {@link DELTA_EVERY_MS}. Body: {@link Delta}. */
  delta: 'threadLifelines.delta',
  /** Event: what threads did since, before the delta of the same moment; starts from nothing. Body: {@link TracksDelta}. */
  tracks: 'threadLifelines.tracks',
  /** Event, only for a client that passed `__childBy: "client"`: start this debug session as our child. */
  startChild: 'threadLifelines.startChild',
  /** Event, only for such a client: stop the child. */
  stopChild: 'threadLifelines.stopChild',
  /** Request: answers with a {@link Snapshot}. */
  getSnapshot: 'threadLifelines.getSnapshot',
  /** Request: answers with a {@link ReportBody}. */
  getReport: 'threadLifelines.getReport',
  /** Request: where the threads of a process are, by its probe. Arguments: {@link StacksRequest}. Answers with a {@link StacksAnswer}. */
  stacks: 'threadLifelines.stacks',
  /** Request from such a client: the child has ended, or could not be started. Arguments: {@link ChildEnded}. */
  childEnded: 'threadLifelines.childEnded',
  /** Request from such a client: a person asked the debugger of the child to stop the program. Arguments: {@link StopRequested}. */
  stopRequested: 'threadLifelines.stopRequested',
  /** Request from a client that sees the debugger: what that did to a thread. Arguments: {@link DebuggerNote}. */
  note: 'threadLifelines.note',
} as const;

/** Short enough that event to paint stays under 100 ms, long enough that a burst crosses as one message. */
export const DELTA_EVERY_MS = 40;

export type SnapshotEvent = { event: typeof Dap.snapshot; body: Snapshot };
export type DeltaEvent = { event: typeof Dap.delta; body: Delta };
export type TracksEvent = { event: typeof Dap.tracks; body: TracksDelta };

/** A debug configuration for another debugger, ready to be started. */
export interface ChildConfiguration {
  type: string;
  request: 'launch';
  name: string;
  [option: string]: unknown;
}

export interface ChildEnded {
  /** Why the child could not be started; absent when it ran and ended. */
  error?: string;
}

export interface StacksRequest {
  /** Key of the process, as in the picture. */
  process: string;
}

export interface StopRequested {
  /** When, in µs on the system's monotonic clock; absent: now. The program may have ended of it by the time that it is told. */
  t?: number;
}

/** What the debugger did to a thread, as the client saw it; `pid` and `tid` as the runtime has them. */
export interface DebuggerNote {
  pid: number;
  /** `all`: those that live. */
  tid: number | 'all';
  /** µs on the machine's monotonic clock. */
  t: number;
  did: 'pause' | 'resume' | 'named' | DeedKind;
  /** With `named`: what the debugger calls the thread. */
  name?: string;
}

export interface ReportBody {
  markdown: string;
  /** Path of the recording, when one is kept. */
  recording?: string;
}

/** launch.json, after the client has filled in variables. What is not named here goes to js-debug as it is. */
export interface LaunchOptions {
  name?: string;
  program?: string;
  args?: string[] | string;
  cwd?: string;
  env?: Record<string, string | null>;
  envFile?: string;
  runtimeExecutable?: string;
  runtimeArgs?: string[];
  /** Of a Python program: the interpreter, and a module in place of `program`. */
  python?: string;
  module?: string;
  /** Of a Python program: the debug type of the debugger that runs it; `none`: it runs without one. Default: see `__debuggers`. */
  debugger?: string;
  noDebug?: boolean;
  timeline?: TimelineOptions;
  /** Set by our own extension: it starts and stops the child itself, because VS Code would not. */
  __childBy?: 'client';
  /** Set by our own extension: debug types that other extensions contribute, of which one runs the program. */
  __debuggers?: string[];
  /** Set by our own extension: folder for spools and recordings of all sessions. */
  __storage?: string;
  [option: string]: unknown;
}

export interface TimelineOptions extends ActivitySettings {
  /** Show the timeline when the session starts. Default: true. */
  reveal?: boolean;
  /** File to write the recording to. Default: one in the extension's storage, of which the last ones are kept. */
  recording?: string;
  /** How many threads that have ended are kept one by one; of older ones sums are kept. */
  keepEndedThreads?: number;
  /** What the person's own Stop cuts off counts as a finding. Default: false. */
  findingsOnStop?: boolean;
}
