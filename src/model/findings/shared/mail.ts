// Messages between a worker and its owner that the other end did not take. Pure.
import { PARENT_PORT, portOfWorker } from '../../../protocol/activity';
import { neverBegan } from '../../conclusions/tasks';
import type { Suspect } from '../evidence';

/** Messages that were posted and not taken: how many, and when the last of them was posted, in µs. */
export interface Mail {
  count: number;
  last: number;
}

/** From its owner, posted up to `until`, in µs. */
export function unreadMail({ process, thread, owner }: Suspect, until: number): Mail {
  const posts = owner?.activity?.posts.of(portOfWorker(thread.id));
  if (!posts) return NO_MAIL;
  if (neverBegan(process, thread)) return untaken(posts, 0, until);
  if (!thread.probed || !thread.activity) return NO_MAIL;
  return untaken(posts, thread.activity.ports.get(PARENT_PORT)?.received ?? 0, until);
}

/** To its owner, posted before `until`, in µs. */
export function unheardMail({ thread, owner }: Suspect, until: number): Mail {
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
