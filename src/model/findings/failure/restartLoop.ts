// Lines that start a thread again each time that it fails, always in the same way. Pure.
import { grouped } from '../../../common/grouped';
import { t } from '../../../common/l10n';
import type { Site, ThreadError } from '../../../protocol/probeEvents';
import { siteText } from '../../facts/sites';
import type { ProcessFacts } from '../../facts/facts';
import type { Evidence, Suspect } from '../evidence';
import type { ProcessRule } from '../rule';
import { lines, type Verdict } from '../verdict';

export const restartLoop: ProcessRule = { id: 'restart-loop', byReports: true, check };

/** So many times the same is no accident. */
const LEAST = 5;
/** Share of a line's threads that must have failed so. */
const NEARLY_ALL = 0.9;

export interface RestartLoop {
  /** Where they were started. */
  at: Site;
  error: ThreadError;
  count: number;
  /** When the last of those that are enough had failed, in µs. */
  t: number;
}

function check(evidence: Evidence): Verdict[] {
  return [...restartLoops(evidence).values()].map(({ at, error, count, t: since }) => ({
    t: since,
    at: error.at ?? at,
    text: t(
      '{0} failed {1} times with the same error, and was started again and again: {2}',
      siteText(at),
      count,
      errorText(error),
    ),
    related: lines([t('It was started again here'), at]),
  }));
}

/** By the line that starts them: file and line. Asked for by each rule on lines, and looked for once. */
export function restartLoops({ process, workers }: Evidence): Map<string, RestartLoop> {
  let found = known.get(workers);
  if (!found) known.set(workers, (found = loopsIn(process, workers)));
  return found;
}
const known = new WeakMap<readonly Suspect[], Map<string, RestartLoop>>();

function loopsIn(process: ProcessFacts, workers: readonly Suspect[]): Map<string, RestartLoop> {
  const byLine = grouped(
    workers.filter(({ thread }) => thread.start?.at),
    ({ thread }) => lineOf(thread.start!.at!),
  );
  const earlier = earlierFailures(process);
  const loops = new Map<string, RestartLoop>();
  for (const [line, all] of byLine) {
    const failed = commonest(all.filter(({ ended }) => ended?.by === 'error'));
    const over = all.filter(({ ended }) => ended).length;
    if (failed.length < LEAST || failed.length < NEARLY_ALL * over || !isOneByOne(failed)) continue;
    const { error, start } = failed[0]!.thread;
    const count = failed.length + (earlier.get(line) ?? 0);
    loops.set(line, { at: start!.at!, error: error!, count, t: failed[LEAST - 1]!.ended!.t });
  }
  return loops;
}

export const lineOf = ({ file, line }: Site): string => `${file}:${line}`;

/** Those that failed in the same way, of the way in which most did; in the order of their ends. */
function commonest(failed: Suspect[]): Suspect[] {
  const ways = grouped(
    failed,
    ({ thread: { error } }) => `${error?.name} ${error?.message} ${error?.at && lineOf(error.at)}`,
  );
  const most = [...ways.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
  return most.sort((a, b) => a.ended!.t - b.ended!.t);
}

/** Each was started when one before it had failed, and not all at once. */
function isOneByOne(failed: Suspect[]): boolean {
  const restarted = failed.filter(({ thread }, i) => i > 0 && thread.firstSeen >= failed[0]!.ended!.t);
  return restarted.length >= LEAST - 1;
}

/** Of threads that ended long ago, by the line that started them, where all of a sum had failed. */
function earlierFailures({ earlier }: ProcessFacts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const groups of earlier?.groups.values() ?? []) {
    for (const { at, endings, count } of groups.values()) {
      if (!at || endings.get('error') !== count) continue;
      counts.set(lineOf(at), (counts.get(lineOf(at)) ?? 0) + count);
    }
  }
  return counts;
}

function errorText({ name, message, at }: ThreadError): string {
  const line = message.split('\n', 1)[0]!.replace(/\.$/, '');
  return at ? t('{0}: {1} at {2}.', name, line, siteText(at)) : `${name}: ${line}.`;
}
