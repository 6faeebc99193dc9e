// Threads that wait for each other, so that none of them ever goes on. Pure.
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { isMain } from '../facts/facts';
import { isAbrupt } from './cutOff';
import { endingOf } from './endings';
import { ownerOf } from './once';
import { waitsWithoutEnd } from './stuck';
import { askedSince, lastSaid } from './tasks';

export interface Deadlock {
  /** In calls that another thread would have to end: main first, then those that have waited longest. */
  waiting: ThreadFacts[];
  /** They wait for messages; `from`: the thread of `waiting` that would have to send them, where that is known. */
  listening: { thread: ThreadFacts; from?: ThreadFacts }[];
  /** Those that the first of `waiting` had started and that are over. */
  gone: ThreadFacts[];
}

/**
 * Undefined where no thread waits in such a call, or those that do may have done their work.
 * @param t moment in µs at which no thread can go on by itself (`isStuck`)
 */
export function deadlockOf(process: ProcessFacts, t: number): Deadlock | undefined {
  const living = [...process.threads.values()].filter((thread) => {
    const ended = endingOf(process, thread);
    return !ended || isAbrupt(ended);
  });
  const waiting = living.filter((thread) => waitsWithoutEnd(thread, t)).sort(mainFirst);
  if (!waiting.some(isMain) && !(waiting.length > 1 && waiting.every((thread) => owesSomething(process, thread))))
    return undefined; // a thread that has done its work may wait for more, and main has nothing more to do
  const isWaiting = new Set(waiting);
  const listening = living.filter((thread) => !isWaiting.has(thread));
  return {
    waiting,
    listening: listening.map((thread) => {
      const owner = ownerOf(process, thread);
      return { thread, ...(owner && isWaiting.has(owner) ? { from: owner } : {}) };
    }),
    gone: [...process.threads.values()].filter(
      (thread) => thread.start?.tid === waiting[0]!.id && !living.includes(thread),
    ),
  };
}

/** It has not said anything at all, or not since it was asked. */
const owesSomething = (process: ProcessFacts, thread: ThreadFacts): boolean =>
  lastSaid(thread) === 0 || (askedSince(process, thread) ?? 0) > 0;

const mainFirst = (a: ThreadFacts, b: ThreadFacts): number =>
  Number(isMain(b)) - Number(isMain(a)) || a.activity!.blocked!.since - b.activity!.blocked!.since;
