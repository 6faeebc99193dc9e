// What other threads found about a thread: how busy its loop is, whether it turns, its heap. Pure.
import type { Activity } from '../../protocol/activityBatch';
import { LEVELS } from '../../protocol/tracks';
import { touch, type SampleFacts } from './activityFacts';
import type { Spans } from './spans';

/** Below this busy share of a sample a loop is called idle: the probe itself takes a little. */
const IDLE_BELOW = 0.01;
/** Above this share of one processor a process computes something. */
const COMPUTES_ABOVE = 0.25;
/** The kinds of a loop's spans: 0 is idle, more is its busy share in this many parts. */
export const IDLE = 0;
const loopLevel = (busy: number): number =>
  busy < IDLE_BELOW ? IDLE : Math.min(LEVELS, Math.max(1, Math.round(busy * LEVELS)));
/** Shorter runs without a turn of the loop are usual; in µs. */
export const UNRESPONSIVE_AFTER = 1e6;

/** `a`: the busy share in 1/1000; `b`: ms over which it was taken. */
export function foldLoop(samples: SampleFacts, { t, a, b }: Activity): void {
  const busy = a / 1000;
  samples.loop = { t, busy, over: b * 1000 };
  touch(samples, samples.loops.add(t - b * 1000, t, loopLevel(busy)));
}

/** `a`: ms since it should have turned its loop. */
export function foldUnturned(samples: SampleFacts, { t, a }: Activity): void {
  if ((samples.unturned?.t ?? 0) >= t) return;
  samples.unturned = { since: t - a * 1000, t };
  touch(samples, addUnturned(samples.unturnedSpans, t - a * 1000, t));
}

/** `a`: ms of processor time of the whole process, over `b` ms. */
export function foldProcessorTime(samples: SampleFacts, { t, a, b }: Activity): void {
  if (a > COMPUTES_ABOVE * b) samples.computed = Math.max(samples.computed ?? 0, t);
}

export function foldHeap(samples: SampleFacts, { t, a, b }: Activity): void {
  samples.heap = { t, usedKiB: a, limitKiB: b };
}

/** Returns since when another state is known: of a span that becomes long enough, from its beginning on. */
export function addUnturned(spans: Spans, since: number, t: number): number {
  const changed = spans.add(since, t, 0);
  const { from, to } = spans.last()!;
  if (to - from < UNRESPONSIVE_AFTER) return Infinity;
  return changed - from < UNRESPONSIVE_AFTER ? from : changed;
}
