// Locks that threads hold and wait for, as people see them. Pure.
import type { Alive, LockPicture } from '../../../protocol/picture';
import type { Site } from '../../../protocol/probeEvents';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import type { OpenLock } from '../../facts/lockLog';
import { holdersOf, locksOf } from '../../facts/locks';
import { isLiving } from '../endings';
import { labelOf } from '../labels';
import { once } from '../once';

/** Shown of one thread. */
const MOST_LOCKS = 20;
/** Shown of one process. */
const MOST_WAITS = 10;
/** Who waits shorter for a lock is no one's concern, in µs. */
const LONG = 1e6;

export function lockPictures(thread: ThreadFacts): LockPicture[] {
  const { held, asked } = locksOf(thread);
  const picture = ({ name, since, at }: OpenLock, isHeld: boolean): LockPicture => ({
    name,
    held: isHeld,
    since,
    ...(at ? { at } : {}),
  });
  const all = [...held.map((lock) => picture(lock, true)), ...asked.map((lock) => picture(lock, false))];
  return all.slice(0, MOST_LOCKS);
}

/** A thread asked for a lock long ago, and another one holds it. */
export interface LockWait extends Pick<OpenLock, 'name' | 'since' | 'at'> {
  thread: ThreadFacts;
  holder: ThreadFacts;
  /** Where the holder had asked for it. */
  holderAt?: Site;
}

/**
 * Of the living, the longest first.
 * @param t now, in µs; of a process that is over, its end
 */
export function lockWaits(process: ProcessFacts, t: number): LockWait[] {
  return [...process.threads.values()]
    .filter((thread) => thread.activity?.locks && isLiving(process, thread))
    .flatMap((thread) => locksOf(thread).asked.map((lock) => ({ thread, lock })))
    .filter(({ lock }) => t - lock.since >= LONG)
    .sort((a, b) => a.lock.since - b.lock.since)
    .slice(0, MOST_WAITS)
    .flatMap(({ thread, lock: { name, since, at } }) => {
      const holder = holdersOf(process, name, thread).find((one) => isLiving(process, one.thread));
      if (!holder) return [];
      const holderAt = holder.lock.at;
      return [{ name, since, thread, holder: holder.thread, ...(at ? { at } : {}), ...(holderAt ? { holderAt } : {}) }];
    });
}

export const lockWaitPictures = (process: ProcessFacts, t: number): NonNullable<Alive['locks']> =>
  lockWaits(process, t).map(({ thread, holder, ...wait }) => ({ ...wait, by: nameOf(thread), holder: nameOf(holder) }));

const nameOf = (thread: ThreadFacts): string | null => (isMain(thread) ? null : labelOf(thread));

/** A thread that asked for a lock and has not been given it. */
export interface Asker {
  thread: ThreadFacts;
  lock: OpenLock;
}

/** Whoever but `except` was the first to ask for a lock of that name, if that was before `t`, in µs, and has not been given it. */
export function askerOf(process: ProcessFacts, name: string, except: ThreadFacts, t: number): Asker | undefined {
  const asker = firstAskers(process)
    .get(name)
    ?.find(({ thread }) => thread !== except);
  return asker && asker.lock.since <= t ? asker : undefined;
}

/** By the names of locks, of each the first two threads: threads and locks may be many. */
const firstAskers = once((process): Map<string, Asker[]> => {
  const found = new Map<string, Asker[]>();
  for (const thread of process.threads.values()) {
    if (!thread.activity?.locks) continue;
    const names = new Set<string>();
    for (const lock of locksOf(thread).asked) {
      if (names.has(lock.name)) continue;
      names.add(lock.name);
      const askers = [...(found.get(lock.name) ?? []), { thread, lock }];
      found.set(lock.name, askers.sort((a, b) => a.lock.since - b.lock.since).slice(0, 2));
    }
  }
  return found;
});
