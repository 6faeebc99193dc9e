// Threads of a runtime without event loops that wait for each other, so that none of them ever goes on. Pure.
import type { Wait } from '../../../protocol/probeEvents';
import { isMain, mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { runtimeOf } from '../../runtimes/runtimes';
import { holdUps } from '../afterMain';
import { endedApart } from '../endings';

export interface Standstill {
  /** Moment of which it is known, in µs. */
  t: number;
  /** Main first, then those that have waited longest. */
  threads: Standing[];
}

export interface Standing {
  thread: ThreadFacts;
  since: number;
  /** Absent of main that waits for threads after its code. */
  wait?: Wait;
  /** Those of whom one alone could end the wait; absent: any thread could. */
  wakers?: ThreadFacts[];
  /** Each of them could: they are the threads of the executor for one of whose tasks it waits. */
  ofPool?: true;
}

/** Shorter waits are usual, in µs. */
const LONG = 1e6;

/**
 * The largest set of threads that each wait without end for one of the set. Undefined where there is none. A signal handler,
 * or native code, may end such a wait too: nobody sees that beforehand.
 * @param t moment in µs
 */
export function standstillOf(process: ProcessFacts, t: number): Standstill | undefined {
  if (runtimeOf(process).hasLoops) return undefined;
  const living = [...process.threads.values()].filter((thread) => isLivingAt(process, thread, t));
  const set = new Map<ThreadFacts, Standing>();
  for (const thread of living) {
    const standing = standingOf(process, thread, t);
    if (standing) set.set(thread, standing);
  }
  for (let before = -1; before !== set.size;) {
    before = set.size;
    for (const standing of [...set.values()]) if (mayGoOn(standing, living, set)) set.delete(standing.thread);
  }
  const threads = [...set.values()].sort(mainFirst);
  return isSettled(threads, t) ? { t, threads } : undefined;
}

/** Of these it is not told since when. */
const LOCKS: ReadonlySet<string> = new Set(['lock', 'rlock']);

/**
 * Who waits for one thread alone, or for a lock that only one of them can hold, is known to wait in vain; who waits for any may be
 * about to be woken.
 */
function isSettled(threads: Standing[], t: number): boolean {
  const toAny = threads.filter(({ wakers, wait }) => !wakers && !(wait && LOCKS.has(wait.what)));
  if (threads.length > 0 && threads.every(({ wait }) => wait?.holder !== undefined)) return true; // a circle of locks
  if (threads.length > 0 && threads.every(({ wait }) => wait && LOCKS.has(wait.what))) return true; // of which nobody is left to give one back
  return threads.some(({ since }) => t - since >= LONG) && toAny.every(({ since }) => t - since >= LONG);
}

/** It has begun, and does not end by itself before. */
function isLivingAt(process: ProcessFacts, thread: ThreadFacts, t: number): boolean {
  if (isMain(thread)) return thread.exited === undefined || thread.exited.t >= t;
  const ended = endedApart(process, thread);
  return thread.firstSeen <= t && (!ended || ended.t > t);
}

function standingOf(process: ProcessFacts, thread: ThreadFacts, t: number): Standing | undefined {
  const wait = thread.waits?.at(t);
  const isInPhase = isMain(thread) ? waitAfterMain(process, t) : undefined;
  if (isInPhase) return { thread, ...isInPhase };
  if (!wait || wait.timeout !== undefined || !runtimeOf(process).waitsForThread(wait.what)) return undefined;
  const pool = wait.pool === undefined ? [] : threadsOfPool(process, wait.pool, t);
  if (pool.length > 0) return { thread, since: wait.t, wait, wakers: pool, ofPool: true };
  const waker = wait.whom ?? wait.holder;
  const of = waker === undefined ? undefined : process.threads.get(waker);
  return { thread, since: wait.t, wait, ...(of ? { wakers: [of] } : {}) };
}

/** It gets another with a task alone that finds none of them idle. */
const threadsOfPool = (process: ProcessFacts, pool: number, t: number): ThreadFacts[] =>
  [...process.threads.values()]
    .filter(({ start }) => start?.pool === pool)
    .filter((thread) => isLivingAt(process, thread, t));

function waitAfterMain(process: ProcessFacts, t: number): Pick<Standing, 'since' | 'wakers'> | undefined {
  const held = holdUps(process).find(({ from, to = Infinity, threads }) => threads.length > 0 && from < t && to >= t);
  return held && { since: held.from, wakers: held.threads };
}

/** Of threads that must all end, one that never does is enough. */
function mayGoOn(
  { thread, wakers, ofPool }: Standing,
  living: ThreadFacts[],
  set: ReadonlyMap<ThreadFacts, unknown>,
): boolean {
  if (wakers && ofPool) return !wakers.every((waker) => set.has(waker));
  if (wakers) return !wakers.some((waker) => set.has(waker));
  return living.some((other) => other !== thread && !set.has(other));
}

const mainFirst = (a: Standing, b: Standing): number =>
  Number(isMain(b.thread)) - Number(isMain(a.thread)) || a.since - b.since;

export const mainStands = (process: ProcessFacts, { threads }: Standstill): boolean =>
  threads[0]?.thread === mainOf(process);
