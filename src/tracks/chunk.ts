// A piece of a thread's track in columns: when each state began and its code, and every so many spans the time that was
// spent in each state before. 12 bytes a span. Pure.
import { levelIn, TRACK_STATES } from '../protocol/tracks';

/** Spans of a chunk that is full, and between two rows of sums; powers of two. */
export const CHUNK_BITS = 10;
export const CHUNK = 1 << CHUNK_BITS;
export const BLOCK = 32;
const FIRST = 8;

/** A row of sums: µs in each state, by code, and µs that the loop was busy, times `LEVELS`: whole numbers stay exact. */
export const BUSY = TRACK_STATES.length;
export const SUMS = TRACK_STATES.length + 1;

export class Chunk {
  starts: Float64Array;
  codes: Uint8Array;
  sums: Float64Array;

  constructor(size = FIRST) {
    this.starts = new Float64Array(size);
    this.codes = new Uint8Array(size);
    this.sums = new Float64Array(rows(size) * SUMS);
  }

  get size(): number {
    return this.starts.length;
  }

  get bytes(): number {
    return this.starts.byteLength + this.codes.byteLength + this.sums.byteLength;
  }

  /** A copy that begins with span `from`, which begins a block. */
  copy(from: number, to: number, size: number): Chunk {
    const copy = new Chunk(size);
    copy.starts.set(this.starts.subarray(from, to));
    copy.codes.set(this.codes.subarray(from, to));
    copy.sums.set(this.sums.subarray((from / BLOCK) * SUMS, rows(to) * SUMS));
    return copy;
  }
}

const rows = (spans: number): number => Math.ceil(spans / BLOCK);

/** Adds so much time with this code to a row of sums. */
export function addTime(sums: Float64Array, code: number, time: number): void {
  const state = code & 15;
  sums[state] = sums[state]! + time;
  sums[BUSY] = sums[BUSY]! + time * levelIn(code);
}
