// Which message that was posted is which that was delivered. Pure.
import type { Activity } from '../../../protocol/activityBatch';
import { portOf, remember, touch, type ActivityFacts, type Others, type QueueTimes } from '../activityFacts';
import { UNRESPONSIVE_AFTER } from '../samples';
import { otherEnd } from './ports';
import { type End } from '../activityFacts';

/** Of a thread’s ports the newest may find their other ends yet: of more than so many ends none is kept. */
const MOST_TRIED = 1024;

/** Matches what was recorded before the other ends of its ports were known; returns whether any has become known. */
export function matchAll(thread: number, others: Others): boolean {
  const facts = others.activityOf(thread);
  if (!facts) return false;
  const { ports, ends, posts, receipts } = facts;
  const unmatched = [...ports.keys()].filter((port) => !ends.has(port)).slice(-MOST_TRIED);
  others.effort.left -= ports.size + unmatched.length * (facts.moved.size + facts.arrived.size);
  const found = unmatched.filter((port) => endOf(thread, facts, port, others));
  if (found.length === unmatched.length) others.unmatched.delete(thread);
  else others.unmatched.add(thread);
  for (const port of found) {
    const end = ends.get(port)!;
    const theirs = others.activityOf(end.thread);
    if (!theirs) continue;
    for (const [n, t] of [...posts.of(port)]) {
      const received = theirs.receipts.take(end.port, n);
      if (received === undefined) continue;
      posts.take(port, n);
      addQueueTime(portOf(theirs, end.port).queue, Math.abs(received - t));
      foldMail(end.thread, theirs, t, received, others);
      others.messages?.add(thread, end.thread, t, received);
    }
    for (const [n, t] of [...receipts.of(port)]) {
      const posted = theirs.posts.take(end.port, n);
      if (posted === undefined) continue;
      receipts.take(port, n);
      addQueueTime(portOf(facts, port).queue, Math.abs(t - posted));
      foldMail(thread, facts, posted, t, others);
      others.messages?.add(end.thread, thread, posted, t);
    }
  }
  return found.length > 0;
}

/** With each port that is told of, the other end of one of another thread may have become known: returns the threads of those. */
export function matchOthers(others: Others): number[] {
  const { effort, unmatched } = others;
  const ids = [...unmatched];
  const matched: number[] = [];
  effort.isBehind = false;
  for (const id of ids) {
    if (effort.left > 0 && matchAll(id, others)) matched.push(id);
    effort.isBehind = effort.left <= 0;
    if (effort.isBehind) break;
  }
  return matched;
}

/**
 * A port has gone to another thread. Whoever took it for its other end before that was told forgets that, and finds the
 * right one with what is told next.
 */
export function movedOn(facts: ActivityFacts, port: number, others: Others): void {
  const by = facts.takenBy?.get(port);
  if (!by) return;
  facts.takenBy!.delete(port);
  others.activityOf(by.thread)?.ends.delete(by.port);
  others.unmatched.add(by.thread);
}

/** Ports that are in use are not moved on, so what was found once stays, but for what is told late (`movedOn`). */
export function endOf(thread: number, { ends }: ActivityFacts, port: number, others: Others): End | undefined {
  const known = ends.get(port);
  if (known) return known;
  const end = otherEnd({ thread, port }, others);
  if (!end) return undefined;
  remember(ends, port, end);
  const theirs = isOfChannel(end.port) ? others.activityOf(end.thread) : undefined;
  if (theirs) remember((theirs.takenBy ??= new Map()), end.port, { thread, port });
  return end;
}

/** Between a worker and its owner no port is ever moved. */
const isOfChannel = (port: number): boolean => port % 2 === 1;

/** Messages on a port arrive in order, so the n-th posted is the n-th received. */
export function matchMessage(
  thread: number,
  facts: ActivityFacts,
  { kind, t, arg, b }: Activity,
  others: Others,
): number | undefined {
  const isPost = kind === 'post';
  const mine = isPost ? facts.posts : facts.receipts;
  const other = endOf(thread, facts, arg, others);
  const theirs = other && others.activityOf(other.thread);
  const counterpart = other && (isPost ? theirs?.receipts : theirs?.posts)?.take(other.port, b);
  if (!other || !theirs || counterpart === undefined) {
    const forgotten = mine.add(arg, b, t);
    if (forgotten > 0 && other) others.messages?.drop(forgotten);
    if (!other) others.unmatched.add(thread);
    else if (isPost && theirs) touchIfUnturned(other.thread, theirs, t, others);
    return other?.thread;
  }
  addQueueTime((isPost ? portOf(theirs, other.port) : portOf(facts, arg)).queue, Math.abs(t - counterpart));
  if (isPost) {
    foldMail(other.thread, theirs, t, counterpart, others);
    others.messages?.add(thread, other.thread, t, counterpart);
  } else {
    foldMail(thread, facts, counterpart, t, others);
    others.messages?.add(other.thread, thread, counterpart, t);
  }
  return other.thread;
}

/** @param facts of the thread that took a message at `received` */
function foldMail(thread: number, facts: ActivityFacts, posted: number, received: number, others: Others): void {
  touchIfUnturned(thread, facts, posted, others);
  if (received - posted >= UNRESPONSIVE_AFTER) facts.mailSpans.add(posted, received, 0);
}

/** Whether a thread that does not turn its loop is waited for depends on its mail. */
function touchIfUnturned(thread: number, facts: ActivityFacts, posted: number, others: Others): void {
  const { unturnedSpans } = others.samplesOf(thread);
  if (Math.max(unturnedSpans.last()?.to ?? 0, facts.stallSpans.last()?.to ?? 0) > posted) touch(facts, posted);
}

function addQueueTime(queue: QueueTimes, time: number): void {
  queue.count++;
  queue.total += time;
  queue.longest = Math.max(queue.longest, time);
}
