// What a thread was asked by its owner, and whether it is at work. Pure.
import { LoopState } from './activity';
import { portOfWorker, workerOfPort } from '../protocol/activity';
import type { ProcessFacts, ThreadFacts } from './facts';
import { hasOwn } from './resources';

/** A sample tells of no more than this much later, in µs. */
const SAMPLE_HOLDS = 2.5e6;

/** When its owner last posted to it and last heard of it, on whatever port, in µs; 0: never. */
function exchange(process: ProcessFacts, thread: ThreadFacts): { post: number; receive: number } | undefined {
  const owner = thread.start && process.threads.get(thread.start.tid)?.activity;
  if (!owner || !thread.probed) return undefined;
  const last = { post: 0, receive: 0 };
  for (const [port, { lastPost, lastReceive, polled }] of owner.ports) {
    const end = owner.ends.get(port);
    if (port !== portOfWorker(thread.id) && (end?.thread !== thread.id || workerOfPort(port) !== undefined)) continue;
    if (polled) return undefined; // an answer may have been taken off it unseen
    last.post = Math.max(last.post, lastPost);
    last.receive = Math.max(last.receive, lastReceive);
  }
  return last.post > 0 || last.receive > 0 ? last : undefined;
}

/** Since when it owes its owner an answer, in µs; 0 when it owes none, undefined when their messages are not known. */
export function askedSince(process: ProcessFacts, thread: ThreadFacts): number | undefined {
  const last = exchange(process, thread);
  return last && (last.post > last.receive ? last.post : 0);
}

/**
 * It owes an answer and is at work, or has not even heard of it; undefined: not known. The first message to a thread may be
 * none that is answered: then it has to be seen at work.
 */
export function isAsked(process: ProcessFacts, thread: ThreadFacts): boolean | undefined {
  const last = exchange(process, thread);
  if (!last) return undefined;
  if (last.post <= last.receive) return false;
  return last.receive > 0
    ? isAtWork(process, thread, Infinity) !== false
    : isUnturned(thread) || thread.samples.loops.last()?.kind === LoopState.running;
}

/**
 * Whether it has anything to do but to wait for messages of other threads: its loop is busy or does not turn, it waits in
 * a call, it has timers, servers and the like, or it has mail. Undefined: not known.
 * @param t moment in µs; Infinity: the last that is known
 */
export function isAtWork(process: ProcessFacts, thread: ThreadFacts, t: number): boolean | undefined {
  const { activity, samples } = thread;
  if (!thread.probed) return undefined;
  if (activity?.blocked?.what === 'synchronous child process' || isUnturned(thread)) return true;
  if (activity && (activity.writes.size > 0 || hasMail(process, thread))) return true;
  if (activity?.resources && hasOwn(activity.resources.counts)) return true;
  const last = samples.loops.last();
  const isRecent = last !== undefined && (t === Infinity || t - last.to < SAMPLE_HOLDS);
  if (isRecent && last.kind === LoopState.running) return true;
  return activity?.resources && isRecent ? false : undefined;
}

/**
 * Its loop was found not to turn, and nothing says that it has since, but for a wait that it can be woken from. One long
 * row of messages is taken in a single turn: who takes them does hear.
 */
export function isUnturned({ activity, samples: { unturned } }: ThreadFacts): boolean {
  if (!unturned || activity?.blocked) return false;
  let sign = activity?.stallSpans.last()?.to ?? 0;
  for (const { lastReceive } of activity?.ports.values() ?? []) sign = Math.max(sign, lastReceive);
  return sign < unturned.since;
}

function hasMail(process: ProcessFacts, { id, start, activity }: ThreadFacts): boolean {
  const posted = start && process.threads.get(start.tid)?.activity?.ports.get(portOfWorker(id))?.posted;
  return (posted ?? 0) > (activity?.ports.get(0)?.received ?? 0);
}
