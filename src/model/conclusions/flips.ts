// Whether threads keep the process alive, over time. Pure.
import type { Flip } from '../../protocol/picture';
import { ownerOf } from './endings';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';

/** ref()/unref() as its owner called them; a worker starts ref'd. Empty for main, and when its start was not seen. */
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

/** A worker keeps the process alive while it is ref'd in its owner and its owner does, up to main, which always does. */
export function keepsAlive(process: ProcessFacts, thread: ThreadFacts): Flip[] {
  if (thread.id === 0) return [{ t: thread.firstSeen, value: true }];
  const owner = ownerOf(process, thread);
  if (!owner) return [];
  return both(effectiveFlips(thread, owner), keepsAlive(process, owner));
}

/** Once its owner is exiting, nothing that the owner does decides any more whether the process lives. */
function effectiveFlips(thread: ThreadFacts, owner: ThreadFacts): Flip[] {
  const flips = refFlips(thread);
  const over = owner.exiting?.t ?? Infinity;
  const effective = flips.filter(({ t }) => t < over);
  return effective.length > 0 ? effective : flips.slice(0, 1).map((flip) => ({ ...flip, value: false }));
}

/** Where two step functions hold together, from the first moment of `own` on; each flip keeps the call that made it. */
function both(own: Flip[], owners: Flip[]): Flip[] {
  if (own.length === 0 || owners.length === 0) return [];
  const result: Flip[] = [];
  const moments = [...own, ...owners.filter((f) => f.t > own[0]!.t)].sort((a, b) => a.t - b.t);
  for (const { t, at, by } of moments) {
    const value = valueAt(own, t) && valueAt(owners, t);
    if (result.at(-1)?.value !== value) result.push({ t, value, ...(at ? { at } : {}), ...(by ? { by } : {}) });
  }
  return result;
}

function valueAt(flips: Flip[], t: number): boolean {
  let value = flips[0]!.value;
  for (const flip of flips) if (flip.t <= t) value = flip.value;
  return value;
}
