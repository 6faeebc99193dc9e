// When messages were posted or taken, of those whose counterpart is not known yet. Pure.

/** They are few on a port, unless records were dropped; then the oldest go. */
const MOST_WAITING = 4096;
const MOST_PORTS = 256;

/** Of messages by their numbers, on each port. */
export class Times {
  private readonly byPort = new Map<number, Map<number, number>>();

  add(port: number, n: number, t: number): void {
    const times = this.byPort.get(port) ?? new Map<number, number>();
    times.set(n, t);
    if (times.size > MOST_WAITING) times.delete(times.keys().next().value!);
    this.byPort.set(port, times);
    if (this.byPort.size > MOST_PORTS) this.byPort.delete(this.byPort.keys().next().value!);
  }

  of(port: number): ReadonlyMap<number, number> {
    return this.byPort.get(port) ?? NONE;
  }

  take(port: number, n: number): number | undefined {
    const times = this.byPort.get(port);
    const t = times?.get(n);
    if (t !== undefined && times!.delete(n) && times!.size === 0) this.byPort.delete(port);
    return t;
  }
}
const NONE: ReadonlyMap<number, number> = new Map();
