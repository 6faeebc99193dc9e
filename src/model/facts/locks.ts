// Locks that threads asked for and have not given back, by the names that all threads of a process know them by. Pure.
import type { ProcessFacts, ThreadFacts } from './facts';
import type { OpenLock, OpenLocks } from './lockLog';

/**
 * What a thread holds and what it asks for, as far as it was recorded: at its end, or now. One that it asked for with a signal
 * and gave up counts as asked for until its turn has come: so do not say that the thread waits, but that it asked and was not
 * given it.
 */
export function locksOf({ activity }: ThreadFacts): OpenLocks {
  return activity?.locks?.open(activity.waitSites) ?? NONE;
}
const NONE: OpenLocks = { held: [], asked: [] };

/** Threads that hold a lock of that name, but for `except`. Whether they live is for the caller to say. */
export function holdersOf(
  process: ProcessFacts,
  name: string,
  except: ThreadFacts,
): { thread: ThreadFacts; lock: OpenLock }[] {
  return [...process.threads.values()].flatMap((thread) => {
    if (thread === except || !thread.activity?.locks) return [];
    return locksOf(thread)
      .held.filter((lock) => lock.name === name)
      .map((lock) => ({ thread, lock }));
  });
}
