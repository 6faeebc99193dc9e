// When messages were posted or taken, of those whose counterpart is not known yet. Pure.

/** They are few on a port, unless records were dropped; then the oldest go. */
const MOST_WAITING = 4096;
/** And in all of a thread. */
const MOST_WAITING_IN_ALL = 1 << 18;

/** Times of messages by their numbers, on each port, in µs. */
export class Times {
  private readonly byPort = new Map<number, Map<number, number>>();
  private count = 0;

  /** Returns how many others had to be forgotten for it. */
  add(port: number, n: number, t: number): number {
    let times = this.byPort.get(port);
    if (!times) this.byPort.set(port, (times = new Map<number, number>()));
    const before = this.count;
    if (!times.has(n)) this.count++;
    times.set(n, t);
    if (times.size > MOST_WAITING) {
      times.delete(times.keys().next().value!);
      this.count--;
    }
    while (this.count > MOST_WAITING_IN_ALL) this.forgetPort(this.byPort.keys().next().value!);
    return Math.max(0, before + 1 - this.count);
  }

  private forgetPort(port: number): void {
    this.count -= this.byPort.get(port)!.size;
    this.byPort.delete(port);
  }

  forget(port: number): void {
    if (this.byPort.has(port)) this.forgetPort(port);
  }

  of(port: number): ReadonlyMap<number, number> {
    return this.byPort.get(port) ?? NONE;
  }

  take(port: number, n: number): number | undefined {
    const times = this.byPort.get(port);
    const t = times?.get(n);
    if (t === undefined) return undefined;
    this.count--;
    times!.delete(n);
    if (times!.size === 0) this.byPort.delete(port);
    return t;
  }
}
const NONE: ReadonlyMap<number, number> = new Map();
