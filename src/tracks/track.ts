// What one thread did from its first moment to the last that is known, append-only but for the recent past, which may be
// told anew. Any moment is found, and the time in each state up to it summed up, in logarithmic time. Pure.
import { codeOf, type TrackChange } from '../protocol/tracks';
import { addTime, BLOCK, Chunk, CHUNK, CHUNK_BITS, SUMS } from './chunk';

const GAP = codeOf('gap');
/** What a track takes in addition to its columns, roughly, in bytes. */
const OWN_BYTES = 400;

export class Track {
  private readonly chunks: Chunk[] = [];
  /** Index of the first span that is kept; it begins a block. */
  first = 0;
  /** One more than the index of the last span. */
  count = 0;
  /** End of the last span. */
  end = 0;

  bytes = OWN_BYTES;

  get length(): number {
    return this.count - this.first;
  }

  startAt(i: number): number {
    return this.chunks[i >> CHUNK_BITS]!.starts[i & (CHUNK - 1)]!;
  }

  codeAt(i: number): number {
    return this.chunks[i >> CHUNK_BITS]!.codes[i & (CHUNK - 1)]!;
  }

  endAt(i: number): number {
    return i + 1 < this.count ? this.startAt(i + 1) : this.end;
  }

  /** Index of the last span that begins at `t` or before, not before `from`; `from` - 1 where there is none. */
  indexAt(t: number, from = this.first): number {
    let step = 1;
    while (from + step < this.count && this.startAt(from + step) <= t) step *= 2;
    let low = step === 1 ? from : from + step / 2;
    let high = Math.min(this.count, from + step);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.startAt(middle) <= t) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** What is reported of the time from `from` on replaces what was known of it. Times are rounded to µs: sums stay exact. */
  replace({ from, starts, codes, to }: TrackChange): void {
    const begin = Math.round(from);
    if (this.length > 0 && begin > this.end) this.push(this.end, GAP);
    else this.truncate(begin);
    starts.forEach((start, i) => this.push(Math.round(from + start), codes[i] ?? GAP));
    this.end = Math.max(begin, Math.round(to));
    while (this.length > 0 && this.startAt(this.count - 1) >= this.end) this.pop();
  }

  /** Time in each state from the beginning of the track to `t`, which lies in span `i`, by code. */
  sumsTo(t: number, i: number, sums: Float64Array): void {
    const { starts, codes, sums: all } = this.chunks[i >> CHUNK_BITS]!;
    const at = i & (CHUNK - 1);
    const block = at & ~(BLOCK - 1);
    const row = (block / BLOCK) * SUMS;
    for (let c = 0; c < SUMS; c++) sums[c] = all[row + c]!;
    let start = starts[block]!;
    for (let n = block; n < at; n++) {
      const next = starts[n + 1]!;
      addTime(sums, codes[n]!, next - start);
      start = next;
    }
    addTime(sums, codes[at]!, Math.max(0, Math.min(t, this.endAt(i)) - start));
  }

  /** When blocks of spans began, each of as many spans as any other; for choosing what to forget. */
  *blockStarts(): Iterable<number> {
    for (let i = this.first; i < this.count; i += BLOCK) yield this.startAt(i);
  }

  /** What was over before `t` becomes a gap, but for up to a block of spans. */
  forget(t: number): void {
    if (this.length < 2) return;
    const begin = this.startAt(this.first);
    if (this.end <= t) this.forgetAll(begin);
    else this.forgetBefore((this.indexAt(t) - 1) & ~(BLOCK - 1), begin);
    this.bytes = this.chunks.reduce((sum, chunk) => sum + chunk.bytes, OWN_BYTES);
  }

  private forgetAll(begin: number): void {
    this.chunks.length = this.count = this.first = 0;
    this.push(begin, GAP);
  }

  private forgetBefore(i: number, begin: number): void {
    if (i <= this.first) return;
    const whole = i >> CHUNK_BITS;
    this.chunks.splice(0, whole);
    this.count -= whole * CHUNK;
    this.first = i - whole * CHUNK;
    this.beginWithGap(begin);
    if (this.chunks.length === 1) this.shrink();
  }

  /** All sums after the first block change by the same. */
  private beginWithGap(begin: number): void {
    const { first } = this;
    const chunk = this.chunks[0]!;
    chunk.starts[first] = begin;
    chunk.codes[first] = GAP;
    chunk.sums.fill(0, (first / BLOCK) * SUMS, (first / BLOCK + 1) * SUMS);
    if (first + BLOCK >= this.count) return;
    const change = new Float64Array(SUMS);
    this.sumsBefore(first + BLOCK, change);
    const old = this.rowOf(first + BLOCK);
    for (let c = 0; c < SUMS; c++) change[c] = change[c]! - old[c]!;
    for (let i = first + BLOCK; i < this.count; i += BLOCK) {
      const row = this.rowOf(i);
      for (let c = 0; c < SUMS; c++) row[c] = row[c]! + change[c]!;
    }
  }

  private shrink(): void {
    const size = Math.min(CHUNK, Math.ceil(this.length / BLOCK) * BLOCK);
    this.chunks[0] = this.chunks[0]!.copy(this.first, this.count, size);
    this.count -= this.first;
    this.first = 0;
  }

  private push(start: number, code: number): void {
    const i = this.count;
    if (i > this.first) {
      if (this.codeAt(i - 1) === code) return; // it goes on
      if (this.startAt(i - 1) >= start) return this.recode(i - 1, code);
    }
    const chunk = this.room(i);
    const at = i & (CHUNK - 1);
    chunk.starts[at] = start;
    chunk.codes[at] = code;
    this.count++;
    if (i % BLOCK === 0) this.sumsBefore(i, this.rowOf(i));
  }

  private recode(i: number, code: number): void {
    this.chunks[i >> CHUNK_BITS]!.codes[i & (CHUNK - 1)] = code;
  }

  private room(i: number): Chunk {
    const at = i & (CHUNK - 1);
    const old = this.chunks[i >> CHUNK_BITS];
    if (old && at < old.size) return old;
    const chunk = old ? old.copy(0, at, Math.min(CHUNK, at * 2)) : new Chunk(i === 0 ? undefined : CHUNK);
    this.bytes += chunk.bytes - (old?.bytes ?? 0);
    return (this.chunks[i >> CHUNK_BITS] = chunk);
  }

  /** Time in each state before span `i`, which begins a block. */
  private sumsBefore(i: number, sums: Float64Array): void {
    if (i <= this.first) sums.fill(0);
    else this.sumsTo(this.startAt(i), i - 1, sums);
  }

  private rowOf(i: number): Float64Array {
    const row = ((i & (CHUNK - 1)) / BLOCK) * SUMS;
    return this.chunks[i >> CHUNK_BITS]!.sums.subarray(row, row + SUMS);
  }

  private truncate(t: number): void {
    while (this.length > 0 && this.startAt(this.count - 1) >= t) this.pop();
    this.end = Math.min(this.end, t);
  }

  private pop(): void {
    this.count--;
    if ((this.count & (CHUNK - 1)) === 0) this.bytes -= this.chunks.pop()!.bytes;
  }
}
