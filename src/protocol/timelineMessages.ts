// The wire between the extension host and the timeline webview. The host owns the state; the webview is a picture of
// it, asks for all with `ready` and gets changes from then on.
import type { Site } from './probeEvents';
import type { Delta, Snapshot } from './picture';
import type { RuleId } from './rules';
import type { Look, Measure, Measured, Seen } from './tracks';

/** Id of the view that is the timeline's home. */
export const TIMELINE_VIEW = 'threadLifelines.timeline';

//#region host → webview
export type ToTimeline =
  /** `remembered`: what this place last asked to remember. */
  | {
      kind: 'snapshot';
      session: SessionId;
      sessions: SessionChoice[];
      snapshot: Snapshot;
      hands?: HandsByRuntime;
      remembered?: unknown;
    }
  | { kind: 'delta'; session: SessionId; delta: Delta }
  | { kind: 'sessions'; sessions: SessionChoice[] }
  /** Shows the details of a thread, by its key. */
  | { kind: 'select'; thread: string }
  | { kind: 'empty'; interrupted?: string; hasRecordings: boolean }
  | { kind: 'seen'; session: SessionId; seen: Seen }
  | { kind: 'measured'; session: SessionId; measured: Measured }
  /** What threads do has changed since: look again. At most every so often, and only to a view that has looked. */
  | { kind: 'tracks-changed'; session: SessionId };
//#endregion

//#region webview → host
export type FromTimeline =
  | { kind: 'ready' }
  /** A delta was missed; send the snapshot. */
  | { kind: 'resync' }
  | { kind: 'open-site'; site: Site }
  /** The page that explains a rule. */
  | { kind: 'open-page'; rule: RuleId }
  | { kind: 'choose-session'; session: SessionId }
  | { kind: 'run-command'; command: TimelineCommand }
  /** Done to a thread, by its key, by a person. */
  | { kind: 'do'; command: HandCommand; thread: string }
  | { kind: 'look'; session: SessionId; look: Look }
  | { kind: 'measure'; session: SessionId; measure: Measure }
  /** Where the person looks, to be given back when this view is reloaded. Plain data. */
  | { kind: 'remember'; state: unknown }
  | { kind: 'copy'; text: string }
  /** The cursor stands at this moment (µs on the adapter's clock); without one it is gone. */
  | { kind: 'cursor'; session: SessionId; t?: number }
  /** Something went wrong in the webview; for the log. */
  | { kind: 'problem'; message: string };
//#endregion

/** Commands that the webview may ask the host to run; nothing else gets through. */
export const TIMELINE_COMMANDS = [
  'threadLifelines.debugFile',
  'threadLifelines.runDemo',
  'threadLifelines.openRecording',
  'threadLifelines.openLastRecording',
  'threadLifelines.openTimeline',
  'threadLifelines.showReport',
  'workbench.debug.action.focusCallStackView',
] as const;
export type TimelineCommand = (typeof TIMELINE_COMMANDS)[number];

/** Commands that the webview may ask the host to run on a thread. */
export const HAND_COMMANDS = [
  'threadLifelines.terminateThread',
  'threadLifelines.refThread',
  'threadLifelines.unrefThread',
  'threadLifelines.pauseThread',
  'threadLifelines.continueThread',
  'threadLifelines.showStack',
  'threadLifelines.profileThread',
  'threadLifelines.takeHeapSnapshot',
] as const;
export type HandCommand = (typeof HAND_COMMANDS)[number];
/** By the `runtime` of a process: what its debugger can do to its threads. The rest has no place in menus. */
export type HandsByRuntime = Readonly<Record<string, readonly HandCommand[]>>;

export type SessionId = string;
export interface SessionChoice {
  id: SessionId;
  title: string;
  live: boolean;
  /** When its first process started, in ms since 1970; absent where that is not known. */
  wall?: number;
  /** How many threads it had and how it came out, in a few words; absent while it lives. */
  brief?: string;
}
