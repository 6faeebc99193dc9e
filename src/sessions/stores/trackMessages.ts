// The wire between the extension host and its thread that keeps what threads did.
import type { Look, Measure, Measured, Seen, TracksDelta } from '../../protocol/tracks';
import type { SessionId } from '../../protocol/timelineMessages';

/** What the thread is started with. */
export interface TracksSettings {
  /** Of the tracks of all sessions together. */
  mostBytes: number;
}

/** Of the threads that are asked about, those that live, as far as is known at `now`. */
export interface LivingThreads {
  now: number;
  threads: string[];
}

/** `number`: which question this is; the answer bears the same. */
export type ToTracks =
  | { kind: 'add'; session: SessionId; tracks: TracksDelta }
  | { kind: 'forget'; session: SessionId }
  | { kind: 'see'; number: number; session: SessionId; look: Look; living: LivingThreads }
  | { kind: 'measure'; number: number; session: SessionId; measure: Measure; living: LivingThreads };

/** Without an answer: nothing is known of that session. */
export type FromTracks =
  { kind: 'seen'; number: number; seen?: Seen } | { kind: 'measured'; number: number; measured?: Measured };
