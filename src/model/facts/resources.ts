// What keeps a thread's loop turning, as its runtime names it. Pure.
import type { Resources } from '../../protocol/probeEvents';
import type { ActivityFacts } from './activityFacts';

/** Ports are listed one by one. */
export const PORT = 'MessagePort';

/** Whether there is anything other than ports: something that another thread does not decide on. */
export const hasOwn = (counts: Record<string, number>): boolean => Object.keys(counts).some((name) => name !== PORT);

export function foldResources(facts: ActivityFacts, { t, counts, ports = [], awaits = [] }: Resources): void {
  const before = facts.resources;
  if (before && before.t > t) return;
  const quietSince = hasOwn(counts) ? undefined : (before?.quietSince ?? t);
  facts.resources = { t, counts, ports, awaits, ...(quietSince === undefined ? {} : { quietSince }) };
}
