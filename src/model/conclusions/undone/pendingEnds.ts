// Ends that were asked for and do not come: of the process, once main's exit handlers have run, and of single threads. Pure.
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { isMain, mainOf } from '../../facts/facts';
import { endedApart } from '../endings';
import { isUnturned } from '../tasks';

/** Shorter delays are usual, in µs. */
const LONG = 2e6;

export interface PendingExit {
  /** When main's exit handlers had run, in µs. */
  since: number;
  /** Threads that were busy then: the process waits until each can be interrupted. */
  busy: ThreadFacts[];
}

/**
 * Main has done all that it had to do at its exit, and the process is there all the same.
 * @param t up to when that is known, in µs
 */
export function pendingExit(process: ProcessFacts, t: number): PendingExit | undefined {
  const { exited, lastLook } = mainOf(process) ?? {};
  if (!exited || t - exited.t < LONG || !hasNotEndedByItself(process)) return undefined;
  const busy = [...process.threads.values()].filter(
    (thread) => lastLook?.busy.get(thread.id) && !thread.activity?.blocked && !endedApart(process, thread),
  );
  return { since: exited.t, busy };
}

/** Threads that terminate() was called on long ago, and that their owners, which could hear of it, have not seen end. */
export function pendingTerminations(process: ProcessFacts, t: number): ThreadFacts[] {
  const main = mainOf(process);
  if (!hasNotEndedByItself(process) || !main || main.exiting || isHeld(main)) return [];
  return [...process.threads.values()].filter((thread) => {
    const call = thread.terminateCalls.at(0);
    if (isMain(thread) || !call || t - call.t < LONG || isPaused(thread) || thread.exiting) return false;
    const owner = thread.start && process.threads.get(thread.start.tid);
    return owner !== undefined && !isHeld(owner) && !endedApart(process, thread);
  });
}

/** It lives, or a signal had to end it. */
const hasNotEndedByItself = ({ end, unwritten }: ProcessFacts): boolean =>
  !unwritten && (end === undefined || (end.how === 'exit-status' && end.signal !== undefined));

const isPaused = ({ pauses }: ThreadFacts): boolean => pauses.at(-1)?.k === 'pause';
/** It hears of nothing now. */
const isHeld = (thread: ThreadFacts): boolean =>
  isPaused(thread) || isUnturned(thread) || thread.activity?.blocked !== undefined;
