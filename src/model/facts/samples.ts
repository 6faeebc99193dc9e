// What other threads found about a thread: how busy its loop is, whether it turns, its heap. Pure.
import type { Activity } from '../../protocol/activityBatch';
import { LEVELS } from '../../protocol/tracks';
import { touch, type SampleFacts } from './activityFacts';
import type { Spans } from './spans';

/** Below this busy share of a sample a loop is called idle: the probe itself takes a little. */
const IDLE_BELOW = 0.01;
/** Above this share of one processor a process computes something, and above one processor more besides one thread. */
const COMPUTES_ABOVE = 0.1;
/** The kinds of a loop's spans: 0 is idle, more is its busy share in this many parts. */
export const IDLE = 0;
const loopLevel = (busy: number): number =>
  busy < IDLE_BELOW ? IDLE : Math.min(LEVELS, Math.max(1, Math.round(busy * LEVELS)));
/** A loop that was no busier than this waited for the most part. */
const MOSTLY_WAITS = LEVELS / 4;
export const waitsAt = (level: number): boolean => level <= MOSTLY_WAITS;
/** Shorter runs without a turn of the loop are usual; in µs. */
export const UNRESPONSIVE_AFTER = 1e6;

/** Looks right before an end may be so close together that a thread was busy all the time; in ms. */
const SHARE_MS = 20;

/**
 * `a`: the busy share in 1/1000; `b`: ms over which it was taken.
 * @param stalls when the thread itself found that its loop had not turned
 */
export function foldLoop(samples: SampleFacts, { t, a, b }: Activity, stalls: Spans | undefined): void {
  const busy = a / 1000;
  if (!samples.loop || b >= SHARE_MS) samples.loop = { t, busy, over: b * 1000 };
  const level = loopLevel(busy);
  const since = samples.loops.add(t - b * 1000, t, level);
  const unturned = Math.max(samples.unturnedSpans.last()?.to ?? 0, stalls?.last()?.to ?? 0);
  // What is left before it of a time without a turn may be too short to matter.
  touch(samples, waitsAt(level) && unturned > since ? since - UNRESPONSIVE_AFTER : since);
}

/** `a`: ms since it should have turned its loop. */
export function foldUnturned(samples: SampleFacts, { t, a }: Activity): void {
  if ((samples.unturned?.t ?? 0) >= t) return;
  samples.unturned = { since: t - a * 1000, t };
  touch(samples, addUnturned(samples.unturnedSpans, t - a * 1000, t));
}

/** `a`: ms of processor time of the whole process, over `b` ms. */
export function foldProcessorTime(samples: SampleFacts, { t, a, b }: Activity): void {
  samples.processorAt = Math.max(samples.processorAt ?? 0, t);
  if (a > COMPUTES_ABOVE * b) samples.computed = Math.max(samples.computed ?? 0, t);
  if (a > (1 + COMPUTES_ABOVE) * b) samples.computedBeside = Math.max(samples.computedBeside ?? 0, t);
}

/** `a`: ms that it has computed so far. */
export function foldTime(samples: SampleFacts, { t, a }: Activity): void {
  if (a * 1000 > (samples.processorTime?.time ?? 0)) samples.processorTime = { t, time: a * 1000 };
}

export function foldHeap(samples: SampleFacts, { t, a, b }: Activity): void {
  samples.heap = { t, usedKiB: a, limitKiB: b };
}

/** Returns since when another state is known: that of its last part too, which may have become long enough. */
export function addUnturned(spans: Spans, since: number, t: number): number {
  const changed = spans.add(since, t, 0);
  const { from, to } = spans.last()!;
  return to - from < UNRESPONSIVE_AFTER ? Infinity : Math.max(from, changed - UNRESPONSIVE_AFTER);
}
