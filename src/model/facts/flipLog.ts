// When a thread was ref'd and unref'd: each flip by itself while there are few; of many those that lie close together are
// one stretch, of which the ends, the number and the lines are kept. So it stays small however often a thread is flipped,
// and it is the same in whatever order the flips come. Pure.
import { HAND } from '../../protocol/hand';
import type { Site, ThreadFlips, ThreadRef } from '../../protocol/probeEvents';
import type { Flip } from '../../protocol/picture';

/** Of one thread. */
const MOST_STRETCHES = 64;

/** The last of the calls that made it what they make it. */
interface Call {
  t: number;
  q: number;
  at?: Site;
  by?: NonNullable<Flip['by']>;
}

/** One flip, or several. Times in µs. */
export interface FlipStretch {
  /** Of the first. */
  since: number;
  /** Of the last, and number of the record that told of it. */
  t: number;
  q: number;
  count: number;
  /** As the last left it. */
  refd: boolean;
  /** Absent where none of its calls made it so. */
  ref?: Call;
  unref?: Call;
}

export class FlipLog {
  /** By time; they do not overlap. */
  readonly stretches: FlipStretch[] = [];
  /** So long are the spans of time, from 0 on, of which all flips are one stretch, in µs; 0: each is by itself. */
  private grain = 0;
  /** What is told on both sides of it stays apart. */
  private cut = Infinity;
  private latest: { q: number; open: boolean } | undefined;

  /** The thread that flips it may have flipped it again without being able to tell. */
  get open(): boolean {
    return this.latest?.open === true;
  }

  add(event: ThreadRef | ThreadFlips): void {
    if (!this.latest || event.q > this.latest.q) this.latest = { q: event.q, open: 'open' in event };
    if (event.k !== 'thread-flips') this.insert(single(event));
    else if (event.count > 0) this.insert(several(event));
  }

  /** From now on it matters which flips came before that moment. */
  cutAt(t: number): void {
    this.cut = t;
  }

  private insert(one: FlipStretch): void {
    const { stretches } = this;
    let i = stretches.length;
    while (i > 0 && isAfter(stretches[i - 1]!, one)) i--;
    const before = stretches[i - 1];
    const after = stretches[i];
    if (before && this.areOne(before, one)) stretches[i - 1] = joined(before, one);
    else if (after && this.areOne(one, after)) stretches[i] = joined(one, after);
    else stretches.splice(i, 0, one);
    while (stretches.length > MOST_STRETCHES) this.coarsen();
  }

  /** Twice as coarse: what is one stretch stays one, so the order in which flips came does not matter. */
  private coarsen(): void {
    this.grain = Math.max(1, this.grain * 2);
    let kept = 0;
    for (const one of this.stretches) {
      const before = this.stretches[kept - 1];
      if (kept > 0 && this.areOne(before!, one)) this.stretches[kept - 1] = joined(before!, one);
      else this.stretches[kept++] = one;
    }
    this.stretches.length = kept;
  }

  private areOne(a: FlipStretch, b: FlipStretch): boolean {
    if (this.grain === 0 || a.since < this.cut !== b.since < this.cut) return false;
    return Math.floor(a.since / this.grain) === Math.floor(b.since / this.grain);
  }
}

/** A person made the call, from the timeline: no line of the program's did. */
const madeBy = (at: Site | undefined): Pick<Call, 'at' | 'by'> =>
  at?.file === HAND ? { by: 'hand' } : at ? { at } : {};
const listened = (event: { listener?: true }): Pick<Call, 'by'> => (event.listener ? { by: 'listener' } : {});

function single(event: ThreadRef): FlipStretch {
  const { k, t, q, at } = event;
  const refd = k === 'thread-ref';
  const call = { t, q, ...madeBy(at), ...listened(event) };
  return { since: t, t, q, count: 1, refd, ...(refd ? { ref: call } : { unref: call }) };
}

function several(event: ThreadFlips): FlipStretch {
  const { since, until, q, count, refd, refAt, unrefAt } = event;
  const call = (refs: boolean, at: Site | undefined): Call => ({
    t: until,
    q,
    ...madeBy(at),
    ...(refs === refd ? listened(event) : {}),
  });
  return {
    since: Math.min(since, until),
    t: until,
    q,
    count,
    refd,
    ...(refd || count > 1 ? { ref: call(true, refAt) } : {}),
    ...(!refd || count > 1 ? { unref: call(false, unrefAt) } : {}),
  };
}

const isAfter = (a: { t: number; q: number }, b: { t: number; q: number }): boolean =>
  a.t > b.t || (a.t === b.t && a.q > b.q);

function later<T extends { t: number; q: number }>(a: T | undefined, b: T | undefined): T | undefined {
  return a && b ? (isAfter(a, b) ? a : b) : (a ?? b);
}

function joined(a: FlipStretch, b: FlipStretch): FlipStretch {
  const { t, q, refd } = later(a, b)!;
  const ref = later(a.ref, b.ref);
  const unref = later(a.unref, b.unref);
  return {
    since: Math.min(a.since, b.since),
    ...{ t, q, refd },
    count: a.count + b.count,
    ...(ref ? { ref } : {}),
    ...(unref ? { unref } : {}),
  };
}
