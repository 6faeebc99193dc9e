// Who woke whom from `Atomics.wait`. The records of two threads are heard in any order, so a wait is looked at only when what
// other threads did at its end must have been heard. Pure.

/** A call: when it began and returned. */
interface Notice {
  from: number;
  to: number;
  thread: number;
}

interface Wait {
  thread: number;
  /** In shared memory, hashed. */
  address: number;
  since: number;
  t: number;
}

/** A thread that woke another: ids, and when the one called and the other went on, in µs. */
export interface Wake {
  by: number;
  called: number;
  woken: number;
  t: number;
}

/** How many addresses in shared memory, and calls at one of them, are kept; the oldest go. */
const MOST_ADDRESSES = 1024;
const MOST_NOTICES = 64;
const MOST_WAITS = 4096;
/** Calls of two threads that are closer together cannot be told apart, in µs. */
const TOO_CLOSE = 500;

export class WakeLog {
  private readonly notices = new Map<number, Notice[]>();
  private waits: Wait[] = [];

  notified(thread: number, address: number, from: number, to: number): void {
    if (address === 0) return;
    let calls = this.notices.get(address);
    if (!calls) this.notices.set(address, (calls = []));
    if (this.notices.size > MOST_ADDRESSES) this.notices.delete(this.notices.keys().next().value!);
    calls.push({ from, to, thread });
    if (calls.length > MOST_NOTICES) calls.shift();
  }

  woken(thread: number, address: number, since: number, t: number): void {
    if (address === 0) return;
    this.waits.push({ thread, address, since, t });
    if (this.waits.length > MOST_WAITS) this.waits.shift();
  }

  /** All wakes until `t` where it is clear who it was. */
  take(t: number): Wake[] {
    const due = this.waits.filter((wait) => wait.t <= t);
    if (due.length > 0) this.waits = this.waits.filter((wait) => wait.t > t);
    return due.flatMap((wait) => this.wakeOf(wait) ?? []);
  }

  /** The last call that began before it went on, unless another thread called at nearly the same time. */
  private wakeOf({ thread, address, since, t }: Wait): Wake | undefined {
    const calls = (this.notices.get(address) ?? []).filter(
      (call) => call.thread !== thread && call.to >= since && call.from <= t,
    );
    const [last] = calls.sort((a, b) => b.from - a.from);
    if (!last) return undefined;
    const isUnclear = calls.some(({ thread: other, from }) => other !== last.thread && last.from - from < TOO_CLOSE);
    return isUnclear ? undefined : { by: last.thread, called: last.from, woken: thread, t };
  }
}
