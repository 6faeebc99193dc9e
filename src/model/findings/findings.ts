// What went wrong in a run, by the rules of the catalogue. Pure; every finding is concluded anew from the facts, so one that
// a late fact disproves goes away.
import { grouped } from '../../common/grouped';
import { tally } from '../../common/l10n';
import type { Finding } from '../../protocol/picture';
import type { Severity } from '../../protocol/rules';
import type { ProcessFacts } from '../facts/facts';
import { poolLabel, type Pool } from '../conclusions/pools';
import { cutOff } from './cutOff';
import { evidenceOf, findingOf, type Evidence, type Verdict } from './evidence';
import { failures } from './failures';
import { load, unresponsive } from './load';
import { neverExits } from './neverExits';

/** @param now in µs */
export function findingsOf(process: ProcessFacts, pools: Pool[], now: number): Finding[] {
  const evidence = evidenceOf(process, pools, now);
  const verdicts = [
    ...earlierVerdicts(process, pools),
    ...verdictsOn(evidence),
    ...neverExits(evidence),
    ...load(evidence),
  ];
  const poolOf = new Map(evidence.workers.flatMap(({ thread, pool }) => (pool ? [[thread, pool] as const] : [])));
  return onceAPool(verdicts, ({ earlier, thread, pool }) => (earlier ? pool : thread && poolOf.get(thread))).map(
    (verdict) => findingOf(process, verdict),
  );
}

/** By the rules that look at each worker by itself. */
export function verdictsOn(evidence: Pick<Evidence, 'process' | 'workers'>): Verdict[] {
  const cut = cutOff(evidence);
  const told = new Set(cut.map(({ thread }) => thread));
  // Who was cut off in the middle of something need not be told of that it did not turn its loop.
  const burdens = evidence.workers.flatMap(unresponsive).filter(({ thread }) => !told.has(thread));
  return [...cut, ...failures(evidence), ...burdens];
}

/** On threads that ended long ago. */
function earlierVerdicts({ earlier }: ProcessFacts, pools: Pool[]): Verdict[] {
  const poolOf = new Map(pools.map((pool) => [pool.earlier, pool]));
  const groups = [...(earlier?.groups.values() ?? [])].flatMap((all) => [...all.values()]);
  return groups.flatMap((group) => {
    const pool = poolOf.get(group);
    return [...group.verdicts.values()].map((verdict) => ({ ...verdict, earlier: group, ...(pool ? { pool } : {}) }));
  });
}

/** The same for many threads of one pool is told once, for the first of them. */
function onceAPool(verdicts: Verdict[], poolOf: (verdict: Verdict) => Pool | undefined): Verdict[] {
  const groups = grouped(verdicts, (verdict) => {
    const pool = poolOf(verdict);
    return pool ? `${verdict.rule} ${pool.key}` : verdict;
  });
  return [...groups.values()].map((group) => {
    const [first] = group.sort((a, b) => SEVERITIES.indexOf(severity(a)) - SEVERITIES.indexOf(severity(b)));
    const count = group.reduce((sum, { count = 1 }) => sum + count, 0);
    if (count === 1) return first!;
    const pool = poolOf(first!);
    const text = `${first!.text} ${alsoText(count - 1, pool ? poolLabel(pool) : first!.earlier!.label)}`;
    return { ...first!, ...(pool ? { pool } : {}), count, text };
  });
}

/** @param of label of the pool, or of what started them */
const alsoText = (others: number, of: string): string =>
  tally(others, 'So it was with {0} other thread of {1}.', 'So it was with {0} other threads of {1}.', of);

const SEVERITIES: (Severity | undefined)[] = ['error', 'warning', 'info'];
const severity = (verdict: Verdict): Severity | undefined => verdict.severity;

/** Order for sorting: what costs most first, then by time. */
export const gravestFirst = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.t - b.t || (a.id < b.id ? -1 : 1);
