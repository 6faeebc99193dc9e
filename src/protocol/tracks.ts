// What threads did from moment to moment: too much to be part of a picture, so it goes its own way. The adapter streams
// it in columns, the host keeps and indexes them, and a view asks for what it shows: one answer a pixel, however many
// events lie behind it. Times are µs on the machine's monotonic clock, as in probeEvents.ts.

import type { Snapshot } from './picture';

/**
 * What a thread does, by code. Of what is so at the same moment the later one in this list counts.
 * `none`: it does not live. `gap`: records of this time were dropped. `alive`: it lives, and what it does is not known.
 */
export const TRACK_STATES = [
  'none',
  'alive',
  'idle',
  'running',
  'starting',
  'gap',
  'unresponsive',
  'blocked',
  'paused',
  'exiting',
] as const;
export type TrackState = (typeof TRACK_STATES)[number];

/** One byte: the state in the lower four bits; of `running` the busy share of its loop in the upper four, in 15ths. */
export const LEVELS = 15;
export const codeOf = (state: TrackState, level = 0): number => TRACK_STATES.indexOf(state) | (level << 4);
export const stateIn = (code: number): TrackState => TRACK_STATES[code & 15] ?? 'none';
export const levelIn = (code: number): number => code >> 4;

//#region adapter → host
/** What is new since the last one. */
export interface TracksDelta {
  tracks: TrackChange[];
  /** Keys of threads of which nothing is to be kept any more. */
  forgotten?: string[];
  messages?: MessageColumns;
  /** As messages: from who called `Atomics.notify()`, and when, to whom it woke. Only those of which that is clear. */
  wakes?: MessageColumns;
  /** Messages that were not kept for lack of room, in the whole session so far. */
  messagesDropped: number;
}

/**
 * A line of what `report --snapshot` prints: what threads did, in the order in which it was heard; the picture last.
 * `share`: how much of the recording has been read, of 1.
 */
export type SnapshotLine = TracksLine | { snapshot: Snapshot };
export interface TracksLine {
  tracks: TracksDelta;
  share: number;
}

/** Replaces all that was reported of this thread's time from `from` on. */
export interface TrackChange {
  /** Key of the thread. */
  thread: string;
  from: number;
  /** When each state began, in µs after `from`, ascending; the first is 0. Each lasts to the next, the last one to `to`. */
  starts: number[];
  codes: number[];
  to: number;
}

/** Messages of which the receiver is known, in columns of one length. */
export interface MessageColumns {
  /** Keys that `from` and `to` count in. */
  threads: string[];
  from: number[];
  to: number[];
  /** µs after `base`. */
  base: number;
  posted: number[];
  /** µs from post to delivery; -1: never delivered. */
  took: number[];
}
//#endregion

//#region view → host
/** A view tells what it shows, and again whenever that changes; the answer bears the same id. */
export interface Look {
  id: number;
  from: number;
  to: number;
  /** How many columns of pixels there are between the two, at most {@link MOST_PIXELS}. */
  pixels: number;
  /** Keys of the threads in view. */
  threads: string[];
  /** Pools shown as one lane: how many of their threads are busy. */
  pools: { key: string; threads: string[] }[];
  /** Threads whose messages are wanted one by one. */
  messagesOf: string[];
}
export const MOST_PIXELS = 8192;

/** How much of a stretch of time was spent in what. */
export interface Measure {
  id: number;
  from: number;
  to: number;
  threads: string[];
}
//#endregion

//#region host → view
export interface Seen {
  id: number;
  from: number;
  to: number;
  pixels: number;
  lanes: SeenLane[];
  pools: SeenPool[];
  messages?: SeenMessages;
  /** Who woke these threads, or was woken by them. */
  wakes?: SeenMessages;
}

/** Runs of equal pixels; columns of one length. Pixels before the first run are `none`. */
export interface SeenLane {
  thread: string;
  /** First pixel of each run. */
  x: Uint16Array;
  /** Code of the state that took most of the time that it lived in that pixel; the busy share stands apart. */
  state: Uint8Array;
  /** Which share of its time it took, in 255ths. */
  share: Uint8Array;
  /** Busy share of its loop in 255ths, of the time of which it is known. */
  busy: Uint8Array;
  /**
   * The gravest state that took any of its time and not most of it, else 0: what is short must not be hidden. From the
   * gravest: unresponsive, blocked, gap, paused, exiting.
   */
  peak: Uint8Array;
}

export interface SeenPool {
  key: string;
  /** For each pixel how many of its threads lived, and how many of them were busy, in 16ths of a thread. */
  live: Uint16Array;
  busy: Uint16Array;
}

/** Messages in view, oldest first, in columns of one length. */
export interface SeenMessages {
  threads: string[];
  from: Uint16Array;
  to: Uint16Array;
  posted: Float64Array;
  /** Moment of delivery; NaN: never delivered. */
  received: Float64Array;
  /** How many more there are in view than could be sent. */
  more: number;
}

export interface Measured {
  id: number;
  from: number;
  to: number;
  threads: {
    thread: string;
    /** µs in each state, by code. */
    times: number[];
    posted: number;
    received: number;
  }[];
}
//#endregion
