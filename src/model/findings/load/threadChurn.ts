// Lines that start threads over and over, which live for a short time only. Pure.
import { grouped } from '../../../common/grouped';
import { t } from '../../../common/l10n';
import { endingOf } from '../../conclusions/endings';
import { packageIn } from '../../facts/sites';
import type { EarlierStarts } from '../../facts/earlier';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { restartLoops } from '../failure/restartLoop';
import { cameTooLate } from '../shared/python';
import { secondsText } from '../shared/text';
import type { Verdict } from '../verdict';

/** How many starts within how long are too many, and what a short life is; in µs. */
const CHURN_LEAST = 30;
const CHURN_WITHIN = 10e6;
const SHORT_LIFE = 1e6;

export const threadChurn: ProcessRule = { id: 'thread-churn', check };

function check(evidence: Evidence): Verdict[] {
  const { process, workers } = evidence;
  const refused = refusedStart(process);
  if (refused) return [refused];
  const byLine = startsByLine(workers.map(({ thread }) => thread));
  for (const line of process.earlier?.lines.keys() ?? []) if (!byLine.has(line)) byLine.set(line, []);
  for (const line of restartLoops(evidence).keys()) byLine.delete(line); // that is what is to be mended
  return [...byLine].flatMap(([line, threads]) => verdictsOn(process, threads, process.earlier?.lines.get(line)));
}

/** The system gave no more threads. */
function refusedStart(process: ProcessFacts): Verdict | undefined {
  const failed = process.shutdown.startsFailed.find((one) => !cameTooLate(process, one) && NO_MORE.test(one.message));
  if (!failed) return undefined;
  const living = [...process.threads.values()].filter(
    (thread) =>
      !isMain(thread) && thread.firstSeen <= failed.t && (endingOf(process, thread)?.t ?? Infinity) > failed.t,
  );
  const where = failed.at ? siteText(failed.at) : t('an unknown line');
  const text = t(
    '{0} could not start a thread while {1} others were alive: {2}.',
    where,
    living.length,
    failed.message,
  );
  return { t: failed.t, at: failed.at, text, severity: 'error' };
}
const NO_MORE = /^can't start new thread$/;

/** By file and line, without those that packages start. */
export function startsByLine(threads: ThreadFacts[]): Map<string, ThreadFacts[]> {
  return grouped(
    threads.filter(({ start }) => start?.at && !packageIn(start.at.file)),
    ({ start }) => `${start!.at!.file}:${start!.at!.line}`,
  );
}

/** How many of the newest starts of threads that ended long ago are needed to know of churn that goes on. */
export const STARTS_KEPT = CHURN_LEAST - 1;

/** When there had been too many; undefined: there never were. @param starts ascending */
export function churnSince(starts: number[]): number | undefined {
  return starts.find((t, i) => i >= CHURN_LEAST - 1 && t - starts[i - CHURN_LEAST + 1]! < CHURN_WITHIN);
}

export function wasShort(process: ProcessFacts, thread: ThreadFacts): boolean {
  const ended = endingOf(process, thread);
  return ended !== undefined && ended.t - thread.firstSeen < SHORT_LIFE;
}

function verdictsOn(process: ProcessFacts, threads: ThreadFacts[], earlier: EarlierStarts | undefined): Verdict[] {
  const count = threads.length + (earlier?.count ?? 0);
  if (count < CHURN_LEAST) return [];
  const starts = [...(earlier?.recent ?? []), ...threads.map(({ firstSeen }) => firstSeen)].sort((a, b) => a - b);
  const since = earlier?.since ?? churnSince(starts);
  const short = threads.filter((thread) => wasShort(process, thread)).length + (earlier?.short ?? 0);
  if (since === undefined || short * 2 <= count) return [];
  const at = earlier?.at ?? threads.reduce((a, b) => (b.firstSeen < a.firstSeen ? b : a)).start!.at!;
  const span = Math.max(starts.at(-1)!, earlier?.last ?? 0) - Math.min(starts[0]!, earlier?.first ?? Infinity);
  const text = t(
    '{0} started {1} threads in {2}, and most of them lived for less than a second.',
    siteText(at),
    count,
    secondsText(span),
  );
  return [{ t: since, at, text }];
}
