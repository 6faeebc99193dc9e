// Whether threads keep the process alive, over time. Pure.
import type { Flip } from '../../protocol/picture';
import { valueAt } from './cutOff';
import { downOwners } from './once';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';

/** Whether its owner, or the process, waits for it; see `Runtime.flips`. */
export const ownFlips = (thread: ThreadFacts): Flip[] => runtimeOf(thread).flips(thread);

/** Main always does; a thread of Node’s only while it is ref'd in its owner and its owner does, up to main. */
export const keepsAlive: (process: ProcessFacts, thread: ThreadFacts) => Flip[] = downOwners<Flip[]>(
  (_process, thread, owner, owners) => {
    if (isMain(thread)) return [{ t: thread.firstSeen, value: true }];
    if (!owner) return [];
    if (!runtimeOf(thread).keepsAliveThroughOwner) return ownFlips(thread);
    return both(effectiveFlips(thread, owner), owners ?? []);
  },
);

/** Once its owner is exiting, nothing that the owner does decides any more whether the process lives. */
function effectiveFlips(thread: ThreadFacts, owner: ThreadFacts): Flip[] {
  const flips = ownFlips(thread);
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
    const value = valueAt(own, t)! && valueAt(owners, t)!;
    if (result.at(-1)?.value !== value) result.push({ t, value, ...(at ? { at } : {}), ...(by ? { by } : {}) });
  }
  return result;
}
