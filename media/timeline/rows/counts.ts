// Each thread is in a row, folded away, hidden by hand or filtered out: how many are which. Pure.
import { isTooling } from '../../../src/protocol/picture';
import type { Lane, Run } from '../data/run';

export interface RowCounts {
  /** Threads that were hidden by hand, or are below one that was. */
  hidden: number;
  /** Others that do not match what is looked for. */
  filtered: number;
  /** By a thread's key: how many of all others are below it; those of tools are in a row of their own. */
  below: ReadonlyMap<string, number>;
}

/**
 * @param isHidden whether it is hidden by hand itself
 * @param isFiltered whether it and all below it are filtered out
 * @param withEarlier whether threads that ended long ago have rows
 */
export function rowCountsOf(
  run: Run,
  isHidden: (lane: Lane) => boolean,
  isFiltered: (lane: Lane) => boolean,
  withEarlier = true,
): RowCounts {
  const hidden = new Set<string>();
  const others: Lane[] = [];
  let filtered = 0;
  for (const lane of ownersFirst(run)) {
    if ((lane.owner && hidden.has(lane.owner.key)) || isHidden(lane)) hidden.add(lane.key);
    else if (isFiltered(lane)) filtered++;
    else others.push(lane);
  }
  const below = new Map<string, number>();
  for (let i = others.length - 1; i >= 0; i--) {
    const { key, owner, thread } = others[i]!;
    const earlier = withEarlier ? (run.earlier.get(key) ?? []) : [];
    for (const { count } of earlier) below.set(key, (below.get(key) ?? 0) + count);
    if (owner && !isTooling(thread)) below.set(owner.key, (below.get(owner.key) ?? 0) + 1 + (below.get(key) ?? 0));
  }
  return { hidden: hidden.size, filtered, below };
}

function ownersFirst({ processes, children }: Run): Lane[] {
  const lanes: Lane[] = [];
  for (const { key } of processes) for (const lane of children.get(key) ?? []) lanes.push(lane);
  for (let i = 0; i < lanes.length; i++) for (const child of children.get(lanes[i]!.key) ?? []) lanes.push(child);
  return lanes;
}
