// How long all threads of the runtime's own pool were busy, as the system told. Pure.
import type { SystemThreads } from '../../protocol/probeEvents';

export interface PoolLoad {
  /** When it was last looked at, in µs. */
  t: number;
  /** Threads of the pool, at most. */
  size: number;
  /** Since when all are busy. */
  fullSince?: number;
  /** How long all were busy, in µs: in all, and the longest time at a stretch. */
  full: number;
  longest?: { from: number; to: number };
}

/** Two looks that are further apart, in µs, tell nothing of what was between them. */
const TOGETHER = 2e6;

export function foldSystemThreads(load: PoolLoad | undefined, { t, pool, busy }: SystemThreads): PoolLoad {
  if (load && load.t >= t) return load;
  const isFull = pool > 0 && busy >= pool;
  const since = load?.fullSince;
  const next: PoolLoad = {
    t,
    size: Math.max(load?.size ?? 0, pool),
    full: load?.full ?? 0,
    ...(load?.longest ? { longest: load.longest } : {}),
  };
  if (!isFull) return next;
  next.fullSince = since !== undefined && t - load!.t <= TOGETHER ? since : t;
  if (next.fullSince === t) return next;
  next.full += t - load!.t;
  const { longest } = next;
  if (!longest || t - next.fullSince > longest.to - longest.from) next.longest = { from: next.fullSince, to: t };
  return next;
}
