// Who woke whom from `Atomics.wait`. The records of two threads are heard in any order, so a wait is looked at only when what
// other threads did at its end must have been heard. Pure.

interface Notice {
  t: number;
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
/** A call is recorded when it returns, which may be after who was woken went on; in µs. */
const LATE = 5_000;
/** Calls of two threads so close together cannot be told apart, in µs. */
const TOO_CLOSE = 500;

export class WakeLog {
  private readonly notices = new Map<number, Notice[]>();
  private waits: Wait[] = [];

  notified(thread: number, place: number, t: number): void {
    if (place === 0) return;
    let told = this.notices.get(place);
    if (!told) this.notices.set(place, (told = []));
    if (this.notices.size > MOST_PLACES) this.notices.delete(this.notices.keys().next().value!);
    told.push({ t, thread });
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

  /** The call nearest before it went on, unless another thread called at nearly the same time. */
  private wakeOf({ thread, place, since, t }: Wait): Wake | undefined {
    const calls = (this.notices.get(place) ?? []).filter(
      (notice) => notice.thread !== thread && notice.t >= since && notice.t <= t + LATE,
    );
    const distance = (notice: Notice): number => Math.abs(t - notice.t);
    const [nearest] = calls.sort((a, b) => distance(a) - distance(b));
    if (!nearest) return undefined;
    const isUnclear = calls.some(
      (other) => other.thread !== nearest.thread && distance(other) - distance(nearest) < TOO_CLOSE,
    );
    return isUnclear ? undefined : { by: nearest.thread, called: Math.min(nearest.t, t), woken: thread, t };
  }
}
