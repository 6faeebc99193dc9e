// What a thread still waited for, without standing still, when it had ended by itself: nothing of that keeps a thread alive. Pure.
import type { Site } from '../../../protocol/probeEvents';
import type { ThreadFacts } from '../../facts/facts';
import { locksOf } from '../../facts/locks';

export interface PendingAwait {
  /** In µs. */
  since: number;
  at?: Site;
  /** Name of the lock; absent of `Atomics.waitAsync`. */
  lock?: string;
}

/** The first that it began to wait for first. */
export function pendingAwaits(thread: ThreadFacts): PendingAwait[] {
  const { activity } = thread;
  if (!activity) return [];
  const waits = [...activity.pending.values()].map(({ since, site }) =>
    withSite({ since }, activity.waitSites.get(site)),
  );
  const locks = locksOf(thread).asked.map(({ name, since, at }) => withSite({ since, lock: name }, at));
  return [...waits, ...locks].sort((a, b) => a.since - b.since);
}

/**
 * Those that were the last that the thread did, as far as others could see: it has posted nothing and taken no message since.
 * Who works on meanwhile waits for what may come or not, such as a sign to give up.
 */
export function lastAwaits(thread: ThreadFacts): PendingAwait[] {
  let last = 0;
  for (const { lastPost, lastReceive } of thread.activity?.ports.values() ?? [])
    last = Math.max(last, lastPost, lastReceive);
  return pendingAwaits(thread).filter(({ since }) => since >= last);
}

const withSite = (one: PendingAwait, at: Site | undefined): PendingAwait => ({ ...one, ...(at ? { at } : {}) });
