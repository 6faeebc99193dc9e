// One answer a pixel of what a thread did: a state that fills pixels is told in one go, a pixel with several is summed
// up span by span or, where there are many, from sums that are kept. The cost is bound by the pixels. Pure.
import { addTime, BLOCK, SUMS } from './chunk';
import type { Track } from './track';

/** A stretch of time in equal columns. Times are µs. */
export interface View {
  from: number;
  to: number;
  pixels: number;
}

/** What goes on after the end of a track, as far as that is known: it lasts to then. */
export interface Tail {
  code: number;
  to: number;
}

export interface Visitor {
  /** Columns from `first` up to, and without, `end` are in one state. */
  full(first: number, end: number, code: number): void;
  /** µs in each state; a row of sums that is used again. What is missing to the width of the column is no life. */
  mixed(pixel: number, times: Float64Array): void;
}

/** Spans in one pixel that are summed up one by one. */
const FEW = 2 * BLOCK;

/** Columns in which the thread did not live are left out. */
export function eachPixel(track: Track, view: View, tail: Tail | undefined, visitor: Visitor): void {
  if (track.length === 0) return;
  const width = (view.to - view.from) / view.pixels;
  const begin = track.startAt(track.first);
  const end = Math.max(track.end, tail?.to ?? 0);
  const reader = new Reader(track, tail);
  let pixel = Math.max(0, Math.floor((begin - view.from) / width) - 1);
  while (pixel < view.pixels) {
    const left = view.from + pixel * width;
    const right = view.from + (pixel + 1) * width;
    if (left >= end) return;
    if (right <= begin) {
      pixel++;
      continue;
    }
    reader.moveTo(left);
    if (reader.code !== undefined && reader.until >= right) {
      const next = Math.max(pixel + 1, Math.min(view.pixels, Math.floor((reader.until - view.from) / width)));
      visitor.full(pixel, next, reader.code);
      pixel = next;
    } else visitor.mixed(pixel++, reader.times(left, right));
  }
}

/** Goes through a track from left to right. */
class Reader {
  /** Of the span in which it is, and how long it lasts; undefined before the first. */
  code: number | undefined;
  until = 0;
  private i: number;
  private readonly sums = new Float64Array(SUMS);
  private before = new Float64Array(SUMS);
  private after = new Float64Array(SUMS);
  /** Up to when `after` counts. */
  private afterT = NaN;

  constructor(
    private readonly track: Track,
    private readonly tail: Tail | undefined,
  ) {
    this.i = track.first - 1;
  }

  moveTo(t: number): void {
    const { track, tail } = this;
    if (tail && t >= track.end) {
      this.code = tail.code;
      this.until = tail.to;
      return;
    }
    this.i = track.indexAt(t, Math.max(this.i, track.first));
    if (this.i < track.first) {
      this.code = undefined;
      return;
    }
    this.code = track.codeAt(this.i);
    const end = track.endAt(this.i);
    const goesOn = tail?.code === this.code && this.i === track.count - 1;
    this.until = goesOn ? Math.max(end, tail.to) : end;
  }

  /** From `left`, where it is, to `right`. */
  times(left: number, right: number): Float64Array {
    const { sums, track, tail } = this;
    sums.fill(0);
    const far = this.i + FEW;
    if (left < track.end) {
      if (far < track.count && track.startAt(far) < right) this.manyTimes(left, right);
      else this.fewTimes(left, right);
    }
    const tailFrom = Math.max(left, track.end);
    if (tail && right > tailFrom) addTime(sums, tail.code, Math.max(0, Math.min(right, tail.to) - tailFrom));
    return sums;
  }

  private fewTimes(left: number, right: number): void {
    const { track, sums } = this;
    let i = Math.max(this.i, track.first);
    let from = Math.max(track.startAt(i), left);
    while (from < right) {
      const end = track.endAt(i);
      const to = end < right ? end : right;
      addTime(sums, track.codeAt(i), to - from);
      this.i = i;
      if (++i === track.count) return;
      from = end;
    }
  }

  /** The sums up to one edge are those from the next one on. */
  private manyTimes(left: number, right: number): void {
    const { track, sums } = this;
    const known = this.afterT === left ? this.after : undefined;
    const before = known ?? this.before;
    const after = known ? this.before : this.after;
    if (!known && this.i < track.first) before.fill(0);
    else if (!known) track.sumsTo(left, this.i, before);
    this.i = track.indexAt(right, Math.max(this.i, track.first));
    track.sumsTo(right, this.i, after);
    for (let c = 0; c < SUMS; c++) sums[c] = after[c]! - before[c]!;
    this.before = before;
    this.after = after;
    this.afterT = right;
  }
}

/** µs in each state between two moments. */
export function timesBetween(track: Track, from: number, to: number, tail: Tail | undefined): Float64Array {
  const sum = new Float64Array(SUMS);
  const width = to - from;
  if (width <= 0) return sum;
  eachPixel(track, { from, to, pixels: 1 }, tail, {
    full: (_first, _end, code) => addTime(sum, code, width),
    mixed: (_pixel, times) => sum.set(times),
  });
  return sum;
}
