// Threads that wait for each other, so that none of them ever goes on. Pure.
import type { Site } from '../../../protocol/probeEvents';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { otherEnd } from '../../facts/messages/ports';
import { isLiving } from '../endings';
import { ownerOf } from '../once';
import { askedSince, lastSaid } from '../tasks';
import { awaitOf, waitOf, type Await, type Wait } from './waits';

export interface Deadlock {
  /** Main turns its loop, and waits for a message of one of the others. */
  awaiting?: Await;
  /** In calls that another thread would have to end: main first, then those that have waited longest. */
  waiting: Wait[];
  listening: Listening[];
  /** Those that the first of `waiting` had started and that are over. */
  gone: ThreadFacts[];
}

/** It waits for messages; `from`: the thread of `waiting` that would have to send them, where that is known. */
export interface Listening {
  thread: ThreadFacts;
  from?: ThreadFacts;
  at?: Site;
}

/**
 * Undefined where no thread waits in such a call, or those that do may have done their work.
 * @param t moment in µs at which no thread can go on by itself (`isStuck`)
 */
export function deadlockOf(process: ProcessFacts, t: number): Deadlock | undefined {
  const all = [...process.threads.values()];
  const living = new Set(all.filter((thread) => isLiving(process, thread)));
  const waiting = [...living].flatMap((thread) => waitOf(process, thread, t) ?? []).sort(mainFirst);
  const found = awaitOf(process);
  const awaiting = found && living.has(found.from) ? found : undefined;
  if (!awaiting && !waitInVain(process, waiting, living)) return undefined;
  const inCalls = new Set(waiting.map(({ thread }) => thread));
  const isLoading = waiting.some(({ thread: { activity } }) => !activity?.blocked);
  return {
    ...(awaiting ? { awaiting } : {}),
    waiting,
    // A thread of the runtime’s own is always there, and tells nothing unless main waits for it.
    listening: [...living]
      .filter((thread) => !inCalls.has(thread) && thread !== awaiting?.thread)
      .filter(({ start }) => !start?.internal || isLoading)
      .map((thread) => listening(process, thread, inCalls)),
    gone: all.filter((thread) => thread.start?.tid === waiting[0]?.thread.id && !living.has(thread)),
  };
}

function waitInVain(process: ProcessFacts, waiting: Wait[], living: ReadonlySet<ThreadFacts>): boolean {
  if (waiting.some(({ thread }) => isMain(thread))) return true;
  // A thread that has done its work may wait for more, and main has nothing more to do.
  if (waiting.length > 1 && waiting.every(({ thread }) => owesSomething(process, thread))) return true;
  return waiting.some(
    ({ thread }) =>
      lastSaid(thread) === 0 && [...living].some((other) => !isMain(other) && listensTo(process, other, thread)),
  );
}

/** On a port of which the other end is with that thread, also where nothing has come or gone on it. */
function listensTo(process: ProcessFacts, { id, activity }: ThreadFacts, other: ThreadFacts): boolean {
  const whose = {
    activityOf: (thread: number) => process.threads.get(thread)?.activity,
    ownerOf: (thread: number) => process.threads.get(thread)?.start?.tid,
  };
  return (activity?.resources?.ports ?? []).some((port) => otherEnd({ thread: id, port }, whose)?.thread === other.id);
}

function listening(process: ProcessFacts, thread: ThreadFacts, inCalls: ReadonlySet<ThreadFacts>): Listening {
  const { resources, portSites } = thread.activity ?? {};
  const owner = ownerOf(process, thread);
  const from = owner && inCalls.has(owner) ? owner : [...inCalls].find((other) => listensTo(process, thread, other));
  const at = resources?.ports.flatMap((port) => portSites!.get(port) ?? []).at(0);
  return { thread, ...(from ? { from } : {}), ...(at ? { at } : {}) };
}

/** It has not said anything at all, or not since it was asked. */
const owesSomething = (process: ProcessFacts, thread: ThreadFacts): boolean =>
  lastSaid(thread) === 0 || (askedSince(process, thread) ?? 0) > 0;

const mainFirst = (a: Wait, b: Wait): number =>
  Number(isMain(b.thread)) - Number(isMain(a.thread)) || a.since - b.since;
