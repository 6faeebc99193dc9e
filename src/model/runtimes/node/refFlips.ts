// ref() and unref() of Node's workers, as their owners called them. Pure.
import type { Flip } from '../../../protocol/picture';
import type { FlipStretch } from '../../facts/flipLog';
import type { ThreadFacts } from '../../facts/facts';

/** A worker starts ref'd. Empty for main, and when its start was not seen. */
export function refFlips(thread: ThreadFacts): Flip[] {
  if (!thread.start) return [];
  const { at } = thread.start;
  const flips: Flip[] = [{ t: thread.firstSeen, value: true, ...(at ? { at } : {}) }];
  for (const stretch of thread.flips.stretches)
    if (stretch.count > 1 || flips.at(-1)!.value !== stretch.refd) flips.push(flipOf(stretch));
  return flips;
}

function flipOf({ since, t, count, refd, ref, unref }: FlipStretch): Flip {
  const [last, other] = refd ? [ref, unref] : [unref, ref];
  return {
    t,
    value: refd,
    ...(last?.at ? { at: last.at } : {}),
    ...(last?.by ? { by: last.by } : {}),
    ...(count > 1 ? { run: { since, count, ...(other?.at ? { other: other.at } : {}) } } : {}),
  };
}
