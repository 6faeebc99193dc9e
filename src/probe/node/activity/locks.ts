// Records Web Locks: which of them this thread asked for, was given and gave back.
import { ActivityKind, LockStep, lockArg } from '../../../protocol/activity';
import { getOfMap, setOfMap, uncurried } from '../tools/builtins';
import type { Locks } from '../lifecycle/locks';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';
import { clipped } from '../tools/text';
import type { WaitSites } from './waitSites';

/** Names that are told of one thread; locks of others are not recorded. */
const MOST_NAMES = 256;

export function recordLocks(locks: Locks, ring: Ring, spool: Spool, sites: WaitSites): void {
  const numbers = new Map<string, number>();
  let last = 0;
  const numberOf = (name: string): number => {
    const known = mapGet(numbers, name);
    if (known !== undefined || last >= MOST_NAMES) return known ?? 0;
    mapSet(numbers, name, ++last);
    spool.tell('lock-name', { lock: last, name: clipped(name) });
    return last;
  };
  locks.hear(
    (moment, { name, mode }, at) => {
      const lock = numberOf(name);
      if (lock === 0) return;
      const site = moment !== 'asked' ? 0 : at ? sites.numberOf(at) : sites.here();
      ring.put(ActivityKind.lock, lock, lockArg(LockStep[moment], mode === 'shared'), site);
    },
    (error) => spool.problem('lock', error),
  );
}
const mapGet = uncurried(getOfMap as (this: Map<string, number>, key: string) => number | undefined);
const mapSet = uncurried(setOfMap as (this: Map<string, number>, key: string, value: number) => Map<string, number>);
