// Waits by `Atomics.waitAsync`: nothing else tells of what this thread awaits, and they keep nothing alive.
import { ActivityKind } from '../../../protocol/activity';
import { thenOfPromises, uncurried } from '../tools/builtins';
import { replaceMethod } from '../tools/replace';
import { valueAt } from '../tools/internals';
import type { Ring } from '../memory/ring';
import type { WaitSites } from './waitSites';

/** More at once are not told of. */
const MOST = 64;
const then = uncurried(thenOfPromises as (this: unknown, next: () => void) => void);

export function observeAsyncWaits(ring: Ring, sites: WaitSites): void {
  let waits = 0;
  let open = 0;
  let site = 0;
  const begin = (): void => void (site = open < MOST ? sites.here() : 0);
  const begun = (_: unknown[], result: unknown): void => {
    const promise = valueAt(result, 'async') === true ? valueAt(result, 'value') : undefined;
    if (open >= MOST || !promise) return;
    open++;
    const n = ++waits;
    ring.put(ActivityKind.pending, site, 0, n);
    then(promise, () => {
      open--;
      ring.put(ActivityKind.settled, 0, 0, n);
    });
  };
  const { Atomics } = globalThis;
  if (Atomics) replaceMethod(Atomics, 'waitAsync', begin, undefined, begun);
}
