// The wire between the extension host and the process that follows a session which is not of our type: the same bodies
// as the debug adapter's events, as messages between parent and child process.
import type { DebuggerNote, LaunchOptions } from './adapterEvents';
import type { Delta, Notice, Snapshot } from './picture';
import type { StacksAnswer } from './stacks';
import type { TracksDelta } from './tracks';

//#region host → process
export type ToFollower =
  /** The first message: what to follow. */
  | { kind: 'follow'; spool: string; options: FollowOptions }
  /** A delta was missed; send a snapshot. */
  | { kind: 'resync' }
  /** A person asked the debugger to stop the program. */
  | { kind: 'stop-requested' }
  | { kind: 'notify'; notice: Notice }
  | { kind: 'note'; note: DebuggerNote }
  /** Where are the threads of that process? `request`: a number that the answer has too. */
  | { kind: 'stacks'; request: number; process: string }
  /** The debug session is over: close every lane and end. */
  | { kind: 'ended' };
//#endregion

//#region process → host
export type FromFollower =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'delta'; delta: Delta }
  | { kind: 'tracks'; tracks: TracksDelta }
  | { kind: 'stacks'; request: number; answer: StacksAnswer }
  /** For the Debug Console: what was found by the end of main, sent while the debug session lasts. */
  | { kind: 'summary'; text: string }
  /** For the log. */
  | { kind: 'problem'; text: string }
  /** The last message: the picture is complete, or `failed` says why there is none. */
  | { kind: 'over'; failed?: string };
//#endregion

/** What the process needs to know of the session's configuration, and the language of what it tells, as DAP has it. */
export type FollowOptions = Pick<LaunchOptions, 'name' | 'env' | 'runtimeArgs' | 'timeline' | '__storage'> & {
  locale: string;
};
