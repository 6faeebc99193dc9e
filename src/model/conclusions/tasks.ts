// What a thread was asked by its owner, and whether it is at work. Pure.
import { IDLE, UNRESPONSIVE_AFTER } from '../facts/samples';
import { PARENT_PORT, portOfWorker, workerOfPort } from '../../protocol/activity';
import type { ActivityFacts } from '../facts/activityFacts';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { endingOf } from './endings';
import { ownerOf } from './once';
import { runtimeOf } from '../runtimes/runtimes';
import { hasOwn } from '../facts/resources';
import { heldUp } from './states';

/** How long a sample holds, in µs. */
const SAMPLE_HOLDS = 2.5e6;

export interface Exchange {
  /** When its owner last posted to it and last heard of it, on whatever port, in µs; 0: never. */
  post: number;
  receive: number;
  /** How often its owner heard of it after a post. */
  answers: number;
}

/** Undefined where they have not talked to each other, or that is not known. */
export function exchange(process: ProcessFacts, thread: ThreadFacts): Exchange | undefined {
  const owner = thread.start && process.threads.get(thread.start.tid)?.activity;
  if (!owner || !(thread.probed || neverBegan(process, thread))) return undefined;
  const sum: Exchange = { post: 0, receive: 0, answers: 0 };
  for (const port of portsTo(owner, thread.id)) {
    const { lastPost, lastReceive, answers, polled } = owner.ports.get(port) ?? NEVER_USED;
    if (polled) return undefined; // an answer may have been taken off it unseen
    sum.post = Math.max(sum.post, lastPost);
    sum.receive = Math.max(sum.receive, lastReceive);
    sum.answers += answers;
  }
  return sum.post > 0 || sum.receive > 0 ? sum : undefined;
}

const NEVER_USED = { lastPost: 0, lastReceive: 0, answers: 0, polled: undefined };

/** It is over, and nobody could tell that its code had begun to run. */
export const neverBegan = (process: ProcessFacts, thread: ThreadFacts): boolean =>
  thread.firstWritten === undefined && thread.onlineAt === undefined && endingOf(process, thread) !== undefined;

/** Fewer other ends than ports are kept: an owner has a port to each of its workers. */
function* portsTo(owner: ActivityFacts, worker: number): Iterable<number> {
  yield portOfWorker(worker);
  for (const [port, { thread }] of owner.ends) if (thread === worker && workerOfPort(port) === undefined) yield port;
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
  if (!last || !thread.probed) return undefined;
  if (last.post <= last.receive) return false;
  return last.receive > 0 ? isAtWork(process, thread, Infinity) !== false : isBusyAt(process, thread, Infinity);
}

/**
 * Whether it has anything to do but to wait for messages of other threads: its loop is busy or does not turn, it waits in
 * a call, it has timers, servers and the like, or it has mail. Undefined: not known.
 * @param t moment in µs; Infinity: the last that is known
 */
export function isAtWork(process: ProcessFacts, thread: ThreadFacts, t: number): boolean | undefined {
  const { activity, samples } = thread;
  if (!thread.probed) return undefined;
  const waitsOutside = activity?.blocked && !runtimeOf(thread).waitsForThread(activity.blocked.kind);
  if (waitsOutside || isBusyAt(process, thread, t)) return true;
  if (activity && (activity.writes.size > 0 || hasMail(process, thread))) return true;
  if (!activity?.resources) return undefined;
  // It may have finished, said so, and not have looked again: an answer is the newer sign.
  if (hasOwn(activity.resources.counts)) return hasLookedSince(thread, t) ? true : undefined;
  if (lastQuiet(thread) > 0) return false;
  const last = samples.loops.last();
  const isRecent = last !== undefined && (t === Infinity || t - last.to < SAMPLE_HOLDS);
  return isRecent && last.kind === IDLE ? false : undefined;
}

/** After a message a thread whose loop turns looks within so long at what keeps it turning, in µs. */
const LOOKS_WITHIN = 0.1e6;
/** So long a thread may take to load its modules, in µs. */
const LOADS_WITHIN = 0.25e6;

/** When it last posted to any other thread, in µs; 0: never. */
export const lastSaid = ({ activity }: ThreadFacts): number => lastOf(activity, 'lastPost');

const lastOf = (activity: ActivityFacts | undefined, what: 'lastPost' | 'lastReceive'): number => {
  let last = 0;
  for (const port of activity?.ports.values() ?? []) last = Math.max(last, port[what]);
  return last;
};

function hasLookedSince(thread: ThreadFacts, t: number): boolean {
  const said = lastSaid(thread);
  return said <= thread.activity!.resources!.t || t - said > LOOKS_WITHIN;
}

/** When it reported that nothing but messages could keep it going, if it has taken none since, in µs; 0: it did not. */
function lastQuiet({ activity }: ThreadFacts): number {
  const { resources } = activity ?? {};
  if (!resources || hasOwn(resources.counts)) return 0;
  return lastOf(activity, 'lastReceive') < resources.t ? resources.t : 0;
}

/**
 * Its loop was found to be taken up. What it did before it last said anything, or reported that it had nothing to do, is over:
 * its last message may have been the answer.
 * @param t moment in µs; Infinity: the last that is known
 */
export function isBusy(thread: ThreadFacts, t: number): boolean {
  const { unturned, loop } = thread.samples;
  if (thread.activity?.blocked) return false;
  const since = Math.max(lastSaid(thread), lastQuiet(thread), loadedBy(thread));
  if (unturned && isUnturned(thread) && unturned.t - since > LOOKS_WITHIN) return true;
  if (!loop || loop.t <= since || (t !== Infinity && t - loop.t >= SAMPLE_HOLDS)) return false;
  const from = loop.t - loop.over;
  const busy = loop.busy * loop.over - Math.max(0, since - from);
  return busy > (hasAnswered(thread) ? LOOKS_WITHIN : (loop.t - Math.max(from, since)) / 2);
}

/**
 * It has said as much as it was asked: after its last word only the rest of its turn may have been left to do. Who says more
 * than it is asked tells how far it has come.
 */
function hasAnswered({ activity }: ThreadFacts): boolean {
  let [posted, received, said, heard] = [0, 0, 0, 0];
  for (const port of activity?.ports.values() ?? []) {
    posted += port.posted;
    received += port.received;
    said = Math.max(said, port.lastPost);
    heard = Math.max(heard, port.lastReceive);
  }
  return said > heard && posted <= received + 1; // one may say that it is ready
}

/** As `isBusy`, but for who was seen to wait when its owner was about to end: it was no more than late to be woken. */
export function isBusyAt(process: ProcessFacts, thread: ThreadFacts, t: number): boolean {
  const look = ownerOf(process, thread)?.lastLook;
  return !(look && t >= look.t && look.busy.get(thread.id) === false) && isBusy(thread, t);
}

/** A thread that has heard nothing may still be loading. */
function loadedBy({ activity, onlineAt, firstSeen, lastWritten }: ThreadFacts): number {
  const begun = Math.max(lastWritten ?? 0, onlineAt ?? firstSeen);
  return lastOf(activity, 'lastReceive') > 0 ? (lastWritten ?? 0) : begun + LOADS_WITHIN;
}

/**
 * Its loop was found not to turn, and nothing says that it has since, but for a wait that it can be woken from. One long
 * row of messages is taken in a single turn: who takes them does hear.
 */
export const isUnturned = (thread: ThreadFacts): boolean => unturnedSince(thread) !== undefined;

/** Since when its loop has not turned by its own doing; undefined where it turns or waits, or the debugger holds it. */
export function unturnedSince(thread: ThreadFacts): number | undefined {
  const { activity, pauses } = thread;
  const unturned = lastHeldUp(thread);
  if (!unturned || activity?.blocked) return undefined;
  let sign = activity?.stallSpans.last()?.to ?? 0;
  for (const { lastReceive } of activity?.ports.values() ?? []) sign = Math.max(sign, lastReceive);
  if (sign >= unturned.since) return undefined;
  const held = pauses.at(-1);
  if (!held || held.t < unturned.since) return held?.k === 'pause' ? undefined : unturned.since;
  return held.k === 'resume' && unturned.t - held.t >= UNRESPONSIVE_AFTER ? held.t : undefined;
}

/** What a main without workers was to tell by then may still be under way, in µs. */
const TOLD_WITHIN = 2e6;

/** Since when the loop of a main without workers has not turned, if it never told what it tells when it does. */
export function silentSince(process: ProcessFacts, main: ThreadFacts, t: number): number | undefined {
  const { start, threads, earlier, problems } = process;
  if (start?.looksAfter === undefined || threads.size > 1 || earlier || main.activity?.resources) return undefined;
  if (problems.length > 0 || main.pauses.at(-1)) return undefined;
  const since = start.t + start.looksAfter * 1000;
  return t - since >= TOLD_WITHIN ? since : undefined;
}

function lastHeldUp(thread: ThreadFacts): { since: number; t: number } | undefined {
  const { unturned } = thread.samples;
  if (!unturned) return undefined;
  const { since, t } = unturned;
  for (const { from, to } of heldUp(thread, { from: since, to: t })) {
    if (to < t) return undefined;
    return from === since || t - from >= UNRESPONSIVE_AFTER ? { since: from, t } : undefined;
  }
  return undefined;
}

function hasMail(process: ProcessFacts, { id, start, activity }: ThreadFacts): boolean {
  if (start?.internal) return false; // how the runtime’s own threads take theirs is not seen
  const posted = start && process.threads.get(start.tid)?.activity?.ports.get(portOfWorker(id))?.posted;
  return (posted ?? 0) > (activity?.ports.get(PARENT_PORT)?.received ?? 0);
}
