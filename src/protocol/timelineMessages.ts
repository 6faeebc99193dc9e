// The wire between the extension host and the timeline webview. The host owns the state; the webview is a picture of
// it, asks for all with `ready` and gets changes from then on.
import type { Site } from './probeEvents';
import type { Delta, Snapshot } from './picture';

//#region host → webview
export type ToTimeline =
  | { kind: 'snapshot'; session: SessionId; sessions: SessionChoice[]; snapshot: Snapshot }
  | { kind: 'delta'; session: SessionId; delta: Delta }
  | { kind: 'sessions'; sessions: SessionChoice[] }
  | { kind: 'empty'; interrupted?: string; hasRecordings: boolean };
//#endregion

//#region webview → host
export type FromTimeline =
  | { kind: 'ready' }
  /** A delta was missed; send the snapshot. */
  | { kind: 'resync' }
  | { kind: 'open-site'; site: Site }
  | { kind: 'choose-session'; session: SessionId }
  | { kind: 'run-command'; command: TimelineCommand }
  /** Something went wrong in the webview; for the log. */
  | { kind: 'problem'; message: string };
//#endregion

/** Commands that the webview may ask the host to run; nothing else gets through. */
export const TIMELINE_COMMANDS = [
  'threadLifelines.debugFile',
  'threadLifelines.runDemo',
  'threadLifelines.openRecording',
  'threadLifelines.openTimeline',
  'threadLifelines.showReport',
] as const;
export type TimelineCommand = (typeof TIMELINE_COMMANDS)[number];

export type SessionId = string;
export interface SessionChoice {
  id: SessionId;
  title: string;
  live: boolean;
}
