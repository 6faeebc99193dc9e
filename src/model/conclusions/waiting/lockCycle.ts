// Threads that each hold a lock which the next one asked for, in a circle. Pure.
import type { ProcessFacts } from '../../facts/facts';
import { locksOf } from '../../facts/locks';
import { isLiving } from '../endings';
import { lockWaits, type LockWait } from './locks';

/** Shorter waits for a lock are usual, in µs. */
const LONG = 2e6;

/**
 * The first such circle, beginning with who has waited longest; undefined where there is none. A thread that asked for a lock
 * which it holds itself is a circle of its own.
 */
export function lockCycle(process: ProcessFacts, t: number): LockWait[] | undefined {
  const waits = lockWaits(process, t).filter(({ since }) => t - since >= LONG);
  for (const first of waits) {
    const path = [first];
    for (let at = first; at.holder !== first.thread;) {
      const next = waits.find(({ thread }) => thread === at.holder);
      if (!next || path.includes(next)) break;
      path.push(next);
      at = next;
    }
    if (path.at(-1)!.holder === first.thread) return path;
  }
  return ownCycle(process, t);
}

function ownCycle(process: ProcessFacts, t: number): LockWait[] | undefined {
  for (const thread of process.threads.values()) {
    if (!thread.activity?.locks || !isLiving(process, thread)) continue;
    const { held, asked } = locksOf(thread);
    const holding = new Map(held.map((lock) => [lock.name, lock]));
    for (const { name, since, at } of asked) {
      const own = holding.get(name);
      if (!own || own.since > since || t - since < LONG) continue;
      const holderAt = own.at;
      return [{ thread, holder: thread, name, since, ...(at ? { at } : {}), ...(holderAt ? { holderAt } : {}) }];
    }
  }
  return undefined;
}
