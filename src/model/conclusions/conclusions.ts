// What is concluded of a process as a whole: once for each picture of it, for all that is drawn and judged from it. Pure.
import type { Alive } from '../../protocol/picture';
import type { ProcessFacts } from '../facts/facts';
import { deadlockOf, type Deadlock } from './deadlock';
import { aliveBecause } from './holds';
import { poolsOf, type Pools } from './pools';

export interface Conclusions {
  process: ProcessFacts;
  pools: Pools;
  alive?: Alive;
  deadlock?: Deadlock;
}

/** @param now in µs */
export function conclusionsOf(process: ProcessFacts, now: number): Conclusions {
  const pools = poolsOf(process);
  const alive = process.unwritten ? undefined : aliveBecause(process, pools, now);
  const deadlock = alive?.stuck ? deadlockOf(process, alive.t) : undefined;
  return { process, pools, ...(alive ? { alive } : {}), ...(deadlock ? { deadlock } : {}) };
}
