// ref() and unref() of Node's workers, as their owners called them. Pure.
import type { Flip } from '../../../protocol/picture';
import type { ThreadFacts } from '../../facts/facts';

/** A worker starts ref'd. Empty for main, and when its start was not seen. */
export function refFlips(thread: ThreadFacts): Flip[] {
  if (!thread.start) return [];
  const { at } = thread.start;
  const flips: Flip[] = [{ t: thread.firstSeen, value: true, ...(at ? { at } : {}) }];
  for (const event of thread.refs) {
    const value = event.k === 'thread-ref';
    if (flips.at(-1)!.value !== value)
      flips.push({
        t: event.t,
        value,
        ...(event.at ? { at: event.at } : {}),
        ...(event.listener ? { by: 'listener' as const } : event.hand ? { by: 'hand' as const } : {}),
      });
  }
  return flips;
}
