// Ends that were asked for and do not come: of the process, once main's exit handlers have run, and of single threads. Pure.
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { isMain, mainOf } from '../../facts/facts';
import { endedApart } from '../endings';
import { once } from '../once';
import { isUnturned } from '../tasks';
import { runtimeOf } from '../../runtimes/runtimes';

/** Shorter delays are usual, in µs. */
const LONG = 2e6;

interface Pending {
  /** When it was asked for, and the last moment at which it is known not to have come, in µs. */
  since: number;
  until: number;
}

export interface PendingExit extends Pending {
  /** Threads that were busy then, where it is known those that were in a call: the process waits until each can be interrupted. */
  busy: ReadonlySet<ThreadFacts>;
}

export interface PendingTermination extends Pending {
  thread: ThreadFacts;
}

/** Main has done all that it had to do at its exit, and the process is there all the same: it was seen, or a signal ended it. */
export const pendingExit: (process: ProcessFacts) => PendingExit | undefined = once((process) => {
  const { exited, lastLook } = mainOf(process) ?? {};
  const until = signalled(process) ?? (process.end ? 0 : (process.seenRunning ?? 0));
  if (!exited || until - exited.t < LONG || process.unwritten) return undefined;
  const left = [...process.threads.values()].filter(
    (thread) => (!thread.activity?.blocked || isInCall(thread)) && !endedApart(process, thread),
  );
  const sleeping = left.filter((thread) => thread.stack?.sleeps || isInCall(thread));
  const busy = left.filter(({ id }) => lastLook?.busy.get(id));
  return { since: exited.t, until, busy: new Set(sleeping.length > 0 ? sleeping : busy) };
});

/** It waits in a call that nobody can interrupt: another thread would not end that wait. */
export const isInCall = (thread: ThreadFacts): boolean =>
  thread.activity?.blocked !== undefined && !runtimeOf(thread).waitsForThread(thread.activity.blocked.kind);

/** Threads that terminate() was called on long ago, and that their owners, which could hear of it, have not seen end. */
export function pendingTerminations(process: ProcessFacts): PendingTermination[] {
  const main = mainOf(process);
  // Main reports something all the time: what it has reported last is known of all.
  const until = signalled(process) ?? (process.end ? 0 : process.lastBatch);
  if (!main || main.exiting || process.unwritten || isHeld(main)) return [];
  return [...process.threads.values()].flatMap((thread) => {
    const since = thread.terminateCalls.at(0)?.t;
    if (since === undefined || until - since < LONG || !isPending(process, thread)) return [];
    return [{ thread, since, until }];
  });
}

function isPending(process: ProcessFacts, thread: ThreadFacts): boolean {
  if (isMain(thread) || isPaused(thread) || thread.exiting) return false;
  const owner = thread.start && process.threads.get(thread.start.tid);
  return owner !== undefined && !isHeld(owner) && !endedApart(process, thread);
}

/** When a signal ended the process, in µs. */
const signalled = ({ end }: ProcessFacts): number | undefined =>
  end?.how === 'exit-status' && end.signal !== undefined ? end.t : undefined;

const isPaused = ({ pauses }: ThreadFacts): boolean => pauses.at(-1)?.k === 'pause';
/** It hears of nothing now. */
const isHeld = (thread: ThreadFacts): boolean =>
  isPaused(thread) || isUnturned(thread) || thread.activity?.blocked !== undefined;
