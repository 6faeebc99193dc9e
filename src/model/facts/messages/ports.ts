// Where the other end of a port is: between a worker and its owner from the start, of a channel wherever its ports were
// moved to. Pure.
import { PARENT_PORT, portOfWorker, portToThread, threadOfPort, workerOfPort } from '../../../protocol/activity';
import type { PortNamed } from '../../../protocol/probeEvents';
import type { ActivityFacts, End, Others, Passage } from '../activityFacts';

/** What must be known of the threads. */
type Whose = Pick<Others, 'activityOf' | 'ownerOf'>;

/** A port may be moved on by a port that was moved itself, but not without end. */
const DEEPEST = 8;

/** Undefined where it is not known. */
export function otherEnd({ thread, port }: End, others: Whose, depth = 0): End | undefined {
  if (port === PARENT_PORT) {
    const owner = others.ownerOf(thread);
    return owner === undefined ? undefined : { thread: owner, port: portOfWorker(thread) };
  }
  const worker = workerOfPort(port);
  if (worker !== undefined) return { thread: worker, port: PARENT_PORT };
  const direct = threadOfPort(port);
  if (direct !== undefined) return { thread: direct, port: portToThread(thread) };
  if (depth >= DEEPEST) return undefined;
  const made = origin({ thread, port }, others, depth);
  const peer = made && others.activityOf(made.thread)?.channels.get(made.port);
  return peer === undefined ? undefined : destination({ thread: made!.thread, port: peer }, others, depth);
}

/** The port that it was when its channel was made. */
function origin(end: End, others: Whose, depth: number): End | undefined {
  const passage = others.activityOf(end.thread)?.arrived.get(end.port);
  if (!passage) return end;
  if (depth >= DEEPEST) return undefined;
  const from = otherEnd({ thread: end.thread, port: passage.by }, others, depth + 1);
  const port = from && onlyPort(others.activityOf(from.thread)?.moved, { by: from.port, n: passage.n });
  return port === undefined ? undefined : origin({ thread: from!.thread, port }, others, depth + 1);
}

/** The port that it is now. */
function destination(end: End, others: Whose, depth: number): End | undefined {
  const moved = others.activityOf(end.thread)?.moved;
  const passage = moved?.get(end.port);
  if (!passage) return end;
  if (onlyPort(moved, passage) === undefined || depth >= DEEPEST) return undefined;
  const to = otherEnd({ thread: end.thread, port: passage.by }, others, depth + 1);
  const port = to && onlyPort(others.activityOf(to.thread)?.arrived, { by: to.port, n: passage.n });
  return port === undefined ? undefined : destination({ thread: to!.thread, port }, others, depth + 1);
}

/** Where several went with one message, which is which is not known. */
function onlyPort(passages: Map<number, Passage> | undefined, { by, n }: Passage): number | undefined {
  let only: number | undefined;
  for (const [port, passage] of passages ?? []) {
    if (passage.by !== by || passage.n !== n) continue;
    if (only !== undefined) return undefined;
    only = port;
  }
  return only;
}

/** A name that is not known yet does not undo one that is. */
export function foldPort(facts: ActivityFacts, { port, broadcast, at }: PortNamed): void {
  if (broadcast !== undefined && (broadcast !== '' || !facts.broadcasts.has(port)))
    facts.broadcasts.set(port, broadcast);
  if (at) facts.portSites.set(port, at);
}
