// Whether a process would ever end by itself. Pure.
import { isLiving } from '../endings';
import { childrenOf, isMain, mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { ownFlips } from '../flips';
import { hasOwn } from '../../facts/resources';
import { isAtWork, isUnturned } from '../tasks';
import { runtimeOf } from '../../runtimes/runtimes';
import { SAMPLE_HOLDS, SETTLED_AFTER, waitOf } from './waits';

/** Busy share of a loop: to answer for how much memory it uses takes a thread some of its time. */
const WORKS_ABOVE = 0.05;

/**
 * Every thread has reported that it has nothing of its own, or waits without end, and since then none has heard of another. A
 * name look-up by DNS, or native code that waits, is not to be seen.
 */
export function isStuck(process: ProcessFacts, t: number): boolean {
  if (!runtimeOf(process).hasLoops) return false; // see `standstill.ts`
  const living = [...process.threads.values()].filter((thread) => isLiving(process, thread));
  const waits = living.flatMap((thread) => waitOf(process, thread, t) ?? []);
  const spins = waits.some(({ polls }) => polls);
  if (living.some((thread) => isComputing(thread, t, spins))) return false;
  // A thread of the runtime’s own keeps nothing alive, but it may be what wakes another.
  const calls = new Set(waits.map(({ thread }) => thread));
  return living.every((thread) => {
    if (thread.start?.internal && calls.size === 0) return true;
    if (thread.pauses.at(-1)?.k === 'pause' || t - lastHeard(thread) < SETTLED_AFTER) return false;
    return calls.has(thread) || waitsForMessages(process, thread, t);
  });
}

/**
 * Compression, cryptography and the like take processor time on threads that are none of JavaScript’s. Who asks for messages
 * again and again takes one processor itself.
 */
const isComputing = ({ samples }: ThreadFacts, t: number, spins: boolean): boolean =>
  t - ((spins ? samples.computedBeside : samples.computed) ?? 0) < SETTLED_AFTER;

function waitsForMessages(process: ProcessFacts, thread: ThreadFacts, t: number): boolean {
  const { activity, probed, samples } = thread;
  if (!(isMain(thread) || probed) || !activity?.resources || hasOwn(activity.resources.counts)) return false;
  if (activity.blocked || isUnturned(thread) || t - activity.resources.t < SETTLED_AFTER / 2) return false;
  // It lives, and not for what can be seen.
  if (!activity.resources.ports.length && !readsStdin(thread) && heldWorkers(process, thread).length === 0)
    return false;
  if (isMain(thread)) return true;
  if (!mainTurns(process) && t - activity.lastTime >= SAMPLE_HOLDS) return false;
  const busy = samples.loop && t - samples.loop.t < SAMPLE_HOLDS ? samples.loop.busy : 0;
  return isAtWork(process, thread, t) !== true && busy < WORKS_ABOVE;
}

/** It reads what its owner writes to its standard input, until that is ended. */
export const readsStdin = ({ start, activity }: ThreadFacts): boolean =>
  start?.stdin === true &&
  activity?.standard.size === 0 &&
  (activity.resources?.things ?? []).some(({ what }) => what === 'worker-stdio');

function mainTurns(process: ProcessFacts): boolean {
  const main = mainOf(process);
  return main !== undefined && !main.activity?.blocked && !isUnturned(main);
}

/** Those of its own workers that it waits for. */
export const heldWorkers = (process: ProcessFacts, thread: ThreadFacts): ThreadFacts[] =>
  childrenOf(process, thread).filter((other) => isLiving(process, other) && ownFlips(process, other).at(-1)?.value);

/** When it last posted to another thread, heard of one, or told of anything else, in µs. */
export function lastHeard({ activity, lastWritten = 0 }: ThreadFacts): number {
  let last = lastWritten;
  for (const { lastPost, lastReceive } of activity?.ports.values() ?? []) last = Math.max(last, lastPost, lastReceive);
  return last;
}
