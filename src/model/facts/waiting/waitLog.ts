// Waits of one thread, of a runtime that tells of each by itself: those that go on, and the last that are over. Pure.
import type { Wait, Waited } from '../../../protocol/probeEvents';

export interface PastWait extends Wait {
  /** When it ended, in µs. */
  until: number;
  outcome: Waited['outcome'];
}

/** Kept of one thread. */
const MOST_PAST = 64;
const MOST_OPEN = 16;
const BY_OTHERS: ReadonlySet<string> = new Set(['lock', 'rlock']);

export class WaitLog {
  private readonly open = new Map<number, Wait>();
  /** Ends of which the beginnings are not known so far. */
  private readonly early = new Map<number, Waited>();
  private ended: PastWait[] = [];
  /** Numbers up to this one are not kept any more. */
  private forgotten = -1;

  /** Returns the waits that are over now. */
  fold(event: Wait | Waited): PastWait[] {
    if (event.n <= this.forgotten || this.ended.some(({ n }) => n === event.n)) return [];
    const before = event.k === 'wait' ? this.endSeen(event) : [];
    const begun = event.k === 'wait' ? event : this.open.get(event.n);
    const end = event.k === 'waited' ? event : this.early.get(event.n);
    if (begun && end) return [...before, this.close(begun, end)];
    if (event.k === 'wait') keep(this.open, event);
    else keep(this.early, event);
    return before;
  }

  /** That it waited for a lock is seen by another thread, and the end of that only where it goes on to another wait. */
  private endSeen({ n, t }: Wait): PastWait[] {
    const seen = [...this.open.values()].filter((wait) => wait.n < n && BY_OTHERS.has(wait.what));
    return seen.map((wait) => this.close(wait, { t, n: wait.n, outcome: 'done' }));
  }

  /** What it waits in now: of several, one within the other, the innermost. */
  get current(): Wait | undefined {
    return innermost(this.open.values());
  }

  /** Those that are over and kept, by the moments at which they began. */
  get past(): readonly PastWait[] {
    return this.ended;
  }

  /** What it waited in right before that moment, in µs. */
  at(t: number): Wait | PastWait | undefined {
    const going = [...this.open.values()].filter((wait) => wait.t < t);
    return innermost([...going, ...this.ended.filter((wait) => lastedOver(wait, t))]);
  }

  private close(wait: Wait, { t, outcome, n }: Pick<Waited, 't' | 'outcome' | 'n'>): PastWait {
    this.open.delete(n);
    this.early.delete(n);
    const past = { ...wait, until: Math.max(wait.t, t), outcome };
    this.ended.push(past);
    this.ended.sort((a, b) => a.t - b.t || a.n - b.n);
    const gone = this.ended.length > MOST_PAST ? this.ended.shift() : undefined;
    if (gone) this.forgotten = Math.max(this.forgotten, gone.n);
    return past;
  }
}

/** Of one that was seen only when it was broken off, since when is not told. */
const lastedOver = ({ t, until }: PastWait, moment: number): boolean =>
  t === until ? until === moment : t < moment && until >= moment;

function keep<T extends { n: number }>(map: Map<number, T>, event: T): void {
  if (!map.has(event.n)) map.set(event.n, event);
  if (map.size > MOST_OPEN) map.delete(map.keys().next().value!);
}

function innermost<T extends Wait>(waits: Iterable<T>): T | undefined {
  let found: T | undefined;
  for (const wait of waits) if (!found || wait.n > found.n) found = wait;
  return found;
}
