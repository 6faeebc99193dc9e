// Spans of time in columns: 25 bytes each, and never more than a bounded number of them, so that a thread may live for
// days; what was not reported yet is kept whole. Pure.

const FIRST = 8;
const MOST = 4096;
/** Spans that are no further apart are one, in µs. */
const TOUCHING = 1;

const NO_NUMBERS = new Float64Array(0);
const NO_KINDS = new Uint8Array(0);

export interface Span {
  from: number;
  to: number;
  kind: number;
  /** µs in which it was so: less than the span where several were put together. */
  time: number;
}

/** In the order of their beginnings, as one thread tells them. Times are µs. */
export class Spans implements Iterable<Span> {
  /** @param keepFrom what lasts beyond that moment is not put together */
  constructor(public keepFrom = Infinity) {}

  // Most threads never have a span of most kinds: then nothing is taken for it.
  private froms = NO_NUMBERS;
  private tos = NO_NUMBERS;
  private times = NO_NUMBERS;
  private kinds = NO_KINDS;
  private count = 0;
  /** From then on spans are kept singly; before, several may have been merged. */
  wholeFrom = -Infinity;

  get length(): number {
    return this.count;
  }

  /** A span that goes on from the last of the same kind is one with it. Returns since when something is different now. */
  add(from: number, to: number, kind: number): number {
    const last = this.count - 1;
    if (last >= 0 && this.kinds[last] === kind && from - this.tos[last]! <= TOUCHING) {
      const before = this.tos[last]!;
      this.times[last] = this.times[last]! + Math.max(0, to - before);
      this.tos[last] = Math.max(before, to);
      return before;
    }
    if (this.count >= MOST && this.count === this.froms.length) this.thinOut();
    if (this.count === this.froms.length) this.grow();
    this.froms[this.count] = from;
    this.tos[this.count] = to;
    this.times[this.count] = to - from;
    this.kinds[this.count] = kind;
    this.count++;
    return from;
  }

  /** Those that last beyond `t`, the latest first. */
  *since(t: number): Iterable<Span> {
    for (let i = this.count - 1; i >= 0 && this.tos[i]! > t; i--) yield this.at(i);
  }

  *[Symbol.iterator](): Iterator<Span> {
    for (let i = 0; i < this.count; i++) yield this.at(i);
  }

  last(): Span | undefined {
    return this.count === 0 ? undefined : this.at(this.count - 1);
  }

  private at(i: number): Span {
    return { from: this.froms[i]!, to: this.tos[i]!, kind: this.kinds[i]!, time: this.times[i]! };
  }

  /** Of the older half each two neighbours become one, of the kind that took longer; how long it took is kept. */
  private thinOut(): void {
    let half = (this.count >> 2) << 1;
    while (half > 0 && this.tos[half - 1]! > this.keepFrom) half -= 2;
    if (half === 0) return;
    this.wholeFrom = this.tos[half - 1]!;
    for (let i = 0; i < half; i += 2) {
      const longer = this.times[i]! >= this.times[i + 1]! ? i : i + 1;
      const isOne = this.kinds[i] === this.kinds[i + 1];
      const time = isOne ? this.times[i]! + this.times[i + 1]! : this.times[longer]!;
      this.put(i / 2, this.froms[i]!, this.tos[i + 1]!, time, this.kinds[longer]!);
    }
    for (let i = half; i < this.count; i++) {
      this.put(i - half / 2, this.froms[i]!, this.tos[i]!, this.times[i]!, this.kinds[i]!);
    }
    this.count -= half / 2;
  }

  private put(at: number, from: number, to: number, time: number, kind: number): void {
    this.froms[at] = from;
    this.tos[at] = to;
    this.times[at] = time;
    this.kinds[at] = kind;
  }

  private grow(): void {
    const size = Math.max(FIRST, this.froms.length * 2);
    this.froms = grown(this.froms, new Float64Array(size));
    this.tos = grown(this.tos, new Float64Array(size));
    this.times = grown(this.times, new Float64Array(size));
    this.kinds = grown(this.kinds, new Uint8Array(size));
  }
}

function grown<T extends Float64Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
