// Messages between a worker and its owner that the other end did not take. Pure.
import { PARENT_PORT, portOfWorker } from '../../../protocol/activity';
import type { Ending } from '../../../protocol/picture';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { isAbrupt } from '../cutOff';
import { neverBegan } from '../tasks';
import { failedPosts } from './failedPosts';

interface Ends {
  process: ProcessFacts;
  thread: ThreadFacts;
  owner?: ThreadFacts;
}

/** Messages that were posted and not taken: how many, and when the last of them was posted, in µs. */
export interface Mail {
  count: number;
  last: number;
}

/** What a thread takes is told within this time; in µs. */
const TOLD_WITHIN = 1e6;

/**
 * Of what was posted until then, in µs, it is known at that end whether it was taken: where all ends at once, what threads
 * took right before is not told any more.
 */
export const knownUntil = (ended: Ending): number => (isAbrupt(ended) ? ended.t - TOLD_WITHIN : ended.t);

/** From its owner, posted up to `until`, in µs. */
export function unreadMail({ process, thread, owner }: Ends, until: number): Mail {
  const port = portOfWorker(thread.id);
  const posts = owner?.activity?.posts.of(port);
  if (!posts) return NO_MAIL;
  const isKnown = thread.probed && thread.activity !== undefined;
  if (!isKnown && !neverBegan(process, thread)) return NO_MAIL;
  const { count, last } = untaken(posts, thread.activity?.ports.get(PARENT_PORT)?.received ?? 0, until);
  return { count: Math.max(0, count - failedPosts(owner!, port)), last };
}

/** To its owner, posted before `until`, in µs. */
export function unheardMail({ thread, owner }: Ends, until: number): Mail {
  const posts = thread.activity?.posts.of(PARENT_PORT);
  if (!posts || !owner?.activity) return NO_MAIL;
  return untaken(posts, owner.activity.ports.get(portOfWorker(thread.id))?.received ?? 0, until);
}

const NO_MAIL: Mail = { count: 0, last: 0 };

/**
 * They are taken in their order, so their numbers tell: that nothing is known of the taking of one may only say that the
 * record of it was dropped.
 */
function untaken(posts: ReadonlyMap<number, number>, received: number, until: number): Mail {
  let [highest, last] = [received, 0];
  for (const [n, time] of posts) if (n > highest && time <= until) [highest, last] = [n, time];
  return { count: highest - received, last };
}
