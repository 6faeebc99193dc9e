// What went wrong in a run, by the rules of the catalogue. Pure; every finding is concluded anew from the facts, so one that
// a late fact disproves goes away.
import { tally } from '../../common/l10n';
import type { Finding } from '../../protocol/picture';
import type { Severity } from '../../protocol/rules';
import type { ProcessFacts } from '../facts/facts';
import { poolLabel, type Pool } from '../conclusions/pools';
import { cutOff } from './cutOff';
import { evidenceOf, findingOf, type Verdict } from './evidence';
import { failures } from './failures';
import { load } from './load';
import { neverExits } from './neverExits';

/** @param now in µs */
export function findingsOf(process: ProcessFacts, pools: Pool[], now: number): Finding[] {
  const evidence = evidenceOf(process, pools, now);
  const cut = cutOff(evidence);
  const told = new Set(cut.map(({ thread }) => thread));
  // Who was cut off in the middle of something need not be told of that it did not turn its loop.
  const burdens = load(evidence).filter(({ rule, thread }) => rule !== 'unresponsive-worker' || !told.has(thread));
  const verdicts = [...cut, ...neverExits(evidence), ...failures(evidence), ...burdens];
  const poolOf = new Map(evidence.workers.flatMap(({ thread, pool }) => (pool ? [[thread.key, pool] as const] : [])));
  return onceAPool(verdicts, (verdict) => verdict.thread && poolOf.get(verdict.thread.key)).map((verdict) =>
    findingOf(process, verdict),
  );
}

/** The same for many threads of one pool is told once, for the first of them. */
function onceAPool(verdicts: Verdict[], poolOf: (verdict: Verdict) => Pool | undefined): Verdict[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const pool = poolOf(verdict);
    const key = pool ? `${verdict.rule} ${pool.key}` : `${verdict.rule} ${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return [...groups.values()].map((group) => {
    const [first, ...others] = group.sort((a, b) => SEVERITIES.indexOf(severity(a)) - SEVERITIES.indexOf(severity(b)));
    if (others.length === 0) return first!;
    const pool = poolOf(first!)!;
    return { ...first!, pool, text: `${first!.text} ${alsoText(others.length, pool)}` };
  });
}

const alsoText = (others: number, pool: Pool): string =>
  tally(others, 'So it was with {0} other thread of {1}.', 'So it was with {0} other threads of {1}.', poolLabel(pool));

const SEVERITIES: (Severity | undefined)[] = ['error', 'warning', 'info'];
const severity = (verdict: Verdict): Severity | undefined => verdict.severity;

/** Order for sorting: what costs most first, then by time. */
export const gravestFirst = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.t - b.t || (a.id < b.id ? -1 : 1);
