// Which messages lay there for a thread, and when: as long as one does, somebody waits for it. Pure.
import { portOfWorker } from '../../../protocol/activity';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';

/** In µs; `to` is Infinity of what it has not taken yet. */
export interface Mail {
  from: number;
  to: number;
}

/** Of those that it took, only those that lay there for long. The latest first, as far as they were taken. */
export function* mailSince(process: ProcessFacts, thread: ThreadFacts, t: number): Iterable<Mail> {
  const untaken = untakenSince(process, thread);
  if (untaken !== undefined) yield { from: untaken, to: Infinity };
  yield* thread.activity?.mailSpans.since(t) ?? [];
}

/** When the oldest message was posted that it has not taken yet. */
export function untakenSince(process: ProcessFacts, thread: ThreadFacts): number | undefined {
  const { probed, start, activity, id } = thread;
  if (!probed || start?.internal) return undefined; // how these take theirs is not seen
  let oldest = start && firstPost(process, start.tid, portOfWorker(id));
  for (const [port, end] of activity?.ends ?? []) {
    if (activity?.ports.get(port)?.polled) continue; // it may have been taken unseen
    const posted = firstPost(process, end.thread, end.port);
    if (posted !== undefined && !(oldest !== undefined && oldest <= posted)) oldest = posted;
  }
  return oldest;
}

function firstPost({ threads }: ProcessFacts, thread: number, port: number): number | undefined {
  const [first] = threads.get(thread)?.activity?.posts.of(port).values() ?? [];
  return first;
}
