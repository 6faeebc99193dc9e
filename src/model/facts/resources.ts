// What keeps a thread's loop turning, as its runtime names it. Pure.
import type { Resources, Thing } from '../../protocol/probeEvents';
import type { ActivityFacts } from './activityFacts';

/** Ports are listed one by one. */
export const PORT = 'MessagePort';

/** Whether there is anything other than ports: something that another thread does not decide on. */
export const hasOwn = (counts: Record<string, number>): boolean => Object.keys(counts).some((name) => name !== PORT);

export function foldResources(
  facts: ActivityFacts,
  { t, counts, ports = [], things = [], awaits = [] }: Resources,
): void {
  const before = facts.resources;
  if (before && before.t > t) return;
  const quietSince = hasOwn(counts) ? undefined : (before?.quietSince ?? t);
  facts.resources = { t, counts, ports, things, awaits, ...(quietSince === undefined ? {} : { quietSince }) };
}

/** What is left of the counts when single things are taken out. */
export function countsWithout(counts: Record<string, number>, things: readonly Thing[]): Record<string, number> {
  const left = { ...counts };
  for (const { name, count = 1 } of things) {
    const rest = (left[name] ?? 0) - count;
    if (rest > 0) left[name] = rest;
    else delete left[name];
  }
  return left;
}
