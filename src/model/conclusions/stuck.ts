// Whether a process would ever end by itself. Pure.
import { isAbrupt } from './cutOff';
import { endingOf } from './endings';
import { childrenOf, isMain, mainOf, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { ownFlips } from './flips';
import { hasOwn } from '../facts/resources';
import { isAtWork, isUnturned } from './tasks';

/** Threads look at what keeps them once a second, so by then each has reported it; in µs. */
const SETTLED_AFTER = 2e6;
/** Busy share of a loop: to answer for how much memory it uses takes a thread some of its time. */
const WORKS_ABOVE = 0.05;

/**
 * Every thread has reported that it has nothing of its own, or waits without end, and since then none has heard of another. A
 * name look-up by DNS, or native code that waits, is not to be seen.
 */
export function isStuck(process: ProcessFacts, t: number): boolean {
  if (isComputing(process, t)) return false;
  for (const thread of process.threads.values()) {
    const ended = endingOf(process, thread);
    if ((ended && !isAbrupt(ended)) || thread.start?.internal) continue;
    if (thread.pauses.at(-1)?.k === 'pause' || t - lastHeard(thread) < SETTLED_AFTER) return false;
    if (!waitsWithoutEnd(thread, t) && !waitsForMessages(process, thread, t)) return false;
  }
  return true;
}

/** Compression, cryptography and the like take processor time on threads that are none of JavaScript’s. */
const isComputing = (process: ProcessFacts, t: number): boolean =>
  t - (mainOf(process)?.samples.computed ?? 0) < SETTLED_AFTER;

/** In a call that only another thread ends. */
function waitsWithoutEnd({ activity, origin }: ThreadFacts, t: number): boolean {
  const { blocked } = activity ?? {};
  if (!blocked || blocked.timeout || t - blocked.since < SETTLED_AFTER) return false;
  return runtimeOf({ origin }).waitsForThread(blocked.kind);
}

function waitsForMessages(process: ProcessFacts, thread: ThreadFacts, t: number): boolean {
  const { activity, probed, samples } = thread;
  if (!(isMain(thread) || probed) || !activity?.resources || hasOwn(activity.resources.counts)) return false;
  if (activity.blocked || isUnturned(thread) || t - activity.resources.t < SETTLED_AFTER / 2) return false;
  // It lives, and not for what can be seen.
  if (!activity.resources.ports.length && heldWorkers(process, thread).length === 0) return false;
  return isMain(thread) || (isAtWork(process, thread, t) !== true && (samples.loop?.busy ?? 0) < WORKS_ABOVE);
}

/** Those of its own workers that it waits for. */
export const heldWorkers = (process: ProcessFacts, thread: ThreadFacts): ThreadFacts[] =>
  childrenOf(process, thread).filter((other) => isStill(process, other) && ownFlips(process, other).at(-1)?.value);

/** At its end too, where that came with the process. */
function isStill(process: ProcessFacts, thread: ThreadFacts): boolean {
  const ended = endingOf(process, thread);
  return !ended || isAbrupt(ended);
}

/** When it last posted to another thread, heard of one, or told of anything else, in µs. */
export function lastHeard({ activity, lastWritten = 0 }: ThreadFacts): number {
  let last = lastWritten;
  for (const { lastPost, lastReceive } of activity?.ports.values() ?? []) last = Math.max(last, lastPost, lastReceive);
  return last;
}
