// What is concluded of a process as a whole: once for each picture of it, for all that is drawn and judged from it. Pure.
import type { Alive } from '../../protocol/picture';
import { mainOf, type ProcessFacts } from '../facts/facts';
import { deadlockOf, type Deadlock } from './waiting/deadlock';
import { aliveBecause } from './holds';
import { lockCycle } from './waiting/lockCycle';
import type { LockWait } from './waiting/locks';
import { standingAt } from './afterMain';
import { standstillOf, type Standstill } from './waiting/standstill';
import { runtimeOf } from '../runtimes/runtimes';
import { poolsOf, type Pools } from './pools';

export interface Conclusions {
  process: ProcessFacts;
  /** In µs. */
  now: number;
  pools: Pools;
  alive?: Alive;
  deadlock?: Deadlock;
  /** Threads that hold locks for which others of them asked. */
  lockCycle?: LockWait[];
  /** The same in a runtime whose threads turn no loops, and all that wait for them. */
  standstill?: Standstill;
}

/** While main waited, or when it ended: some waits are told only then. */
function standstillIn(process: ProcessFacts, now: number): Standstill | undefined {
  const exited = mainOf(process)?.exited;
  return standstillOf(process, standingAt(process, now)) ?? (exited && standstillOf(process, exited.t));
}

/** @param now in µs */
export function conclusionsOf(process: ProcessFacts, now: number): Conclusions {
  const pools = poolsOf(process);
  const alive = process.unwritten ? undefined : aliveBecause(process, pools, now);
  const deadlock = alive?.stuck && runtimeOf(process).hasLoops ? deadlockOf(process, alive.t) : undefined;
  const cycle = alive && lockCycle(process, alive.t);
  const standstill = process.unwritten ? undefined : standstillIn(process, now);
  return {
    process,
    now,
    pools,
    ...(alive ? { alive } : {}),
    ...(deadlock ? { deadlock } : {}),
    ...(cycle ? { lockCycle: cycle } : {}),
    ...(standstill ? { standstill } : {}),
  };
}
