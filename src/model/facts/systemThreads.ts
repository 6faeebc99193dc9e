// What the system told of the threads of a process: those of the runtime's own, which the program does not see. Pure.
import type { SystemThreads } from '../../protocol/probeEvents';
import { Spans } from './spans';

export interface HiddenThreads {
  /** When they were last looked at, in µs. */
  t: number;
  /** How many there were then, and how many of them were of the runtime's pool at most. */
  threads: number;
  size: number;
  /** Processor time of all of them that are or were there, in µs. */
  time: number;
  /** Since when all of the pool are busy. */
  fullSince?: number;
  /** How long all of the pool were busy, in µs: in all, and the longest time at a stretch. */
  full: number;
  longest?: { from: number; to: number };
  /** When some of the pool were busy: the kind is how many. */
  busy: Spans;
}

/** Two looks that are further apart, in µs, tell nothing of what was between them. */
const TOGETHER = 2e6;
const MOST_KIND = 255;

export function foldSystemThreads(load: HiddenThreads | undefined, event: SystemThreads): HiddenThreads {
  const { t, pool, busy, hidden, hiddenMs } = event;
  if (load && load.t >= t) return load;
  const isFull = pool > 0 && busy >= pool;
  const since = load?.fullSince;
  const isNear = load !== undefined && t - load.t <= TOGETHER;
  const next: HiddenThreads = {
    t,
    threads: hidden || Math.max(load?.threads ?? 0, pool),
    size: Math.max(load?.size ?? 0, pool),
    time: hidden ? (hiddenMs ?? 0) * 1000 : (load?.time ?? 0),
    full: load?.full ?? 0,
    ...(load?.longest ? { longest: load.longest } : {}),
    busy: load?.busy ?? new Spans(),
  };
  if (busy > 0) next.busy.add(isNear ? load.t : t, t, Math.min(busy, MOST_KIND));
  if (!isFull) return next;
  next.fullSince = since !== undefined && isNear ? since : t;
  if (next.fullSince === t) return next;
  next.full += t - load!.t;
  const { longest } = next;
  if (!longest || t - next.fullSince > longest.to - longest.from) next.longest = { from: next.fullSince, to: t };
  return next;
}
