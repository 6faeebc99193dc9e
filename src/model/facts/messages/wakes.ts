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
  place: number;
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

/** Places in shared memory, and calls at one of them, that are kept; the oldest go. */
const MOST_PLACES = 1024;
const MOST_NOTICES = 64;
const MOST_WAITS = 4096;
/** Calls of two threads so close together cannot be told apart, in µs. */
const TOO_CLOSE = 500;

export class WakeLog {
  private readonly notices = new Map<number, Notice[]>();
  private waits: Wait[] = [];

  notified(thread: number, place: number, from: number, to: number): void {
    if (place === 0) return;
    let told = this.notices.get(place);
    if (!told) this.notices.set(place, (told = []));
    if (this.notices.size > MOST_PLACES) this.notices.delete(this.notices.keys().next().value!);
    told.push({ from, to, thread });
    if (told.length > MOST_NOTICES) told.shift();
  }

  woken(thread: number, place: number, since: number, t: number): void {
    if (place === 0) return;
    this.waits.push({ thread, place, since, t });
    if (this.waits.length > MOST_WAITS) this.waits.shift();
  }

  /** All wakes until `t` of which it is clear who it was. */
  take(t: number): Wake[] {
    const due = this.waits.filter((wait) => wait.t <= t);
    if (due.length > 0) this.waits = this.waits.filter((wait) => wait.t > t);
    return due.flatMap((wait) => this.wakeOf(wait) ?? []);
  }

  /** The last call that began before it went on, unless another thread called at nearly the same time. */
  private wakeOf({ thread, place, since, t }: Wait): Wake | undefined {
    const calls = (this.notices.get(place) ?? []).filter(
      (call) => call.thread !== thread && call.to >= since && call.from <= t,
    );
    const [last] = calls.sort((a, b) => b.from - a.from);
    if (!last) return undefined;
    const isUnclear = calls.some(({ thread: other, from }) => other !== last.thread && last.from - from < TOO_CLOSE);
    return isUnclear ? undefined : { by: last.thread, called: last.from, woken: thread, t };
  }
}
