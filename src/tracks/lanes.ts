// What a lane shows: runs of equal pixels, each with the state that took most of its time, and what must not be hidden by
// that. Pure.
import { LEVELS, levelIn, TRACK_STATES, type SeenLane, type TrackState } from '../protocol/tracks';
import { BUSY } from './chunk';
import { eachPixel, type Tail, type View, type Visitor } from './pixels';
import type { Track } from './track';

/** Less is an error of rounding, in µs. */
const LEAST_TIME = 1e-3;
/** States that are shown however short they are; the most severe last. */
const GRAVE: TrackState[] = ['exiting', 'paused', 'gap', 'blocked', 'unresponsive'];
const GRAVITY = TRACK_STATES.map((state) => GRAVE.indexOf(state));
const IDLE = TRACK_STATES.indexOf('idle');
const RUNNING = TRACK_STATES.indexOf('running');
const FULL = 255;

export function seeLane(thread: string, track: Track, view: View, tail: Tail | undefined): SeenLane {
  const runs = new Runs(view);
  eachPixel(track, view, tail, runs);
  return { thread, ...runs.columns() };
}

class Runs implements Visitor {
  private readonly width: number;
  private readonly pixels: number;
  private x = new Uint16Array(16);
  private words = new Uint32Array(16);
  private count = 0;
  private next = 0;

  constructor({ from, to, pixels }: View) {
    this.width = (to - from) / pixels;
    this.pixels = pixels;
  }

  full(first: number, end: number, code: number): void {
    const state = code & 15;
    const busy = state === RUNNING ? Math.round((levelIn(code) * FULL) / LEVELS) : 0;
    this.put(first, end, word(state, FULL, busy, 0));
  }

  mixed(pixel: number, times: Float64Array): void {
    let most = 0;
    let peak = 0;
    for (let state = 1; state < BUSY; state++) {
      if (times[state]! > LEAST_TIME && times[state]! >= (most === 0 ? 0 : times[most]!)) most = state;
    }
    for (let state = 1; state < BUSY; state++) {
      const counts = state !== most && times[state]! > LEAST_TIME && GRAVITY[state]! >= 0;
      if (counts && (peak === 0 || GRAVITY[state]! > GRAVITY[peak]!)) peak = state;
    }
    if (most === 0) return;
    const share = Math.min(FULL, Math.max(1, Math.round((times[most]! / this.width) * FULL)));
    const known = times[IDLE]! + times[RUNNING]!;
    const busy = known > LEAST_TIME ? Math.min(FULL, Math.round((times[BUSY]! / LEVELS / known) * FULL)) : 0;
    this.put(pixel, pixel + 1, word(most, share, busy, peak));
  }

  columns(): Omit<SeenLane, 'thread'> {
    if (this.count > 0 && this.next < this.pixels) this.begin(this.next, NONE);
    const [state, share, busy, peak] = Array.from({ length: 4 }, () => new Uint8Array(this.count)) as Columns;
    for (let i = 0; i < this.count; i++) {
      const word = this.words[i]!;
      state[i] = word >>> 24;
      share[i] = word >>> 16;
      busy[i] = word >>> 8;
      peak[i] = word;
    }
    return { x: this.x.slice(0, this.count), state, share, busy, peak };
  }

  private put(first: number, end: number, word: number): void {
    if (this.count > 0 && first > this.next) this.begin(this.next, NONE);
    if (this.count === 0 || this.words[this.count - 1] !== word) this.begin(first, word);
    this.next = end;
  }

  private begin(x: number, word: number): void {
    if (this.count === this.x.length) {
      this.x = larger(this.x, new Uint16Array(2 * this.count));
      this.words = larger(this.words, new Uint32Array(2 * this.count));
    }
    this.x[this.count] = x;
    this.words[this.count++] = word;
  }
}

type Columns = [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** All that is shown of a pixel. */
const word = (state: number, share: number, busy: number, peak: number): number =>
  ((state << 24) | (share << 16) | (busy << 8) | peak) >>> 0;
const NONE = 0;

function larger<T extends Uint16Array | Uint32Array>(old: T, result: T): T {
  result.set(old);
  return result;
}
