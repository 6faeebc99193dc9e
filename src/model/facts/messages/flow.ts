// How many messages passed in which time: counts in a fixed number of equal stretches of time, which grow longer as the time does.
// What is counted does not depend on the order of counting. Pure.

const STRETCHES = 64;
/** In µs. */
const SHORTEST = 62_500;

export class Flow {
  /** Length of a stretch, in µs; a power of two times the shortest. */
  length = SHORTEST;
  /** Numbers of the first and the last stretch, counted from the beginning of the clock. */
  private first = 0;
  private last = 0;
  private counts: Uint32Array | undefined;

  add(t: number, count = 1): void {
    for (;;) {
      const at = Math.floor(t / this.length);
      if (!this.counts) {
        this.counts = new Uint32Array(STRETCHES);
        this.first = this.last = at;
      }
      const first = at < this.first ? at : this.first;
      const last = at > this.last ? at : this.last;
      if (last - first >= STRETCHES) {
        this.widen();
        continue;
      }
      if (first < this.first) this.shift(this.first - first);
      this.last = last;
      this.counts[at - first]! += count;
      return;
    }
  }

  /** Counts by time of the end of each stretch, in µs, none left out between the first and the last. */
  *steps(): Iterable<[t: number, count: number]> {
    if (!this.counts) return;
    for (let at = this.first; at <= this.last; at++) yield [(at + 1) * this.length, this.counts[at - this.first]!];
  }

  private shift(by: number): void {
    this.counts!.copyWithin(by, 0, STRETCHES - by);
    this.counts!.fill(0, 0, by);
    this.first -= by;
  }

  /** Stretches twice as long. */
  private widen(): void {
    const old = this.counts!;
    const wider = new Uint32Array(STRETCHES);
    const first = Math.floor(this.first / 2);
    for (let i = 0; i < STRETCHES; i++) {
      const at = Math.floor((this.first + i) / 2) - first;
      if (old[i]! > 0) wider[at] = wider[at]! + old[i]!;
    }
    this.counts = wider;
    this.first = first;
    this.last = Math.floor(this.last / 2);
    this.length *= 2;
  }
}
