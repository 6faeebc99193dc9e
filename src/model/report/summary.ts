// The exit report in one line. Pure.
import { t, tally } from '../../common/l10n';
import { forTerminal } from '../../common/untrusted';
import { isTooling, type EndedBy } from '../../protocol/picture';
import type { EarlierReport, ExitReport, FindingReport, ProcessReport } from './report';
import { siteText } from '../facts/sites';
import { findingsIn, lossSentences, quoted, seconds } from './words';

const MOST_NAMED = 3;
/** Of the verdict, in characters. */
const LONGEST = 300;

/** For a console, when there is something to know: findings, a runtime too old. Else undefined. */
export function consoleSummary(report: ExitReport): string | undefined {
  const old = report.processes.find((process) => !process.supported);
  if (old)
    return t(
      'Thread Lifelines: {0} is too old to be observed. {1} or newer is required.',
      forTerminal(old.runtime),
      forTerminal(old.oldestRuntime),
    );
  const { headline, severity, text } = report.outcome;
  const findings = findingsIn(report);
  if (findings.length === 0)
    return severity === 'error' ? t('Thread Lifelines: {0}', forTerminal(text, LONGEST)) : undefined;
  const names = findings.slice(0, MOST_NAMED).map(named).join('; ');
  const more = findings.length - MOST_NAMED;
  const list = more > 0 ? t('{0} and {1} more', names, more) : names;
  return tally(
    findings.length,
    'Thread Lifelines: {2} {0} finding: {1}.',
    'Thread Lifelines: {2} {0} findings: {1}.',
    list,
    forTerminal(headline, LONGEST),
  );
}

function named({ title, about, at }: FindingReport): string {
  const of = about === undefined ? '' : `: ${quoted(forTerminal(about))}`;
  return `${title}${of}${at ? ` (${forTerminal(siteText(at))})` : ''}`;
}

const IN_ORDER: ReadonlySet<EndedBy> = new Set(['returned', 'exit-call']);

/** For a run without findings; undefined when there is more to say than that. */
export function quietSummary(report: ExitReport): string | undefined {
  const { processes, damaged, notices } = report;
  const { severity, text } = report.outcome;
  if (severity !== 'info' && severity !== 'warning') return undefined;
  const isQuiet = processes.every(
    (process) =>
      process.supported &&
      process.findings.length === 0 &&
      !process.unsent &&
      !process.leftUndone?.length &&
      process.exit !== undefined &&
      IN_ORDER.has(process.exit.by) &&
      process.earlier.every(({ processes: some, endings }) => !some || endedInOrder(endings)) &&
      lossSentences(process).length === 0,
  );
  if (!isQuiet || processes.length === 0 || damaged > 0 || notices.length > 0) return undefined;
  const earlier = processes.flatMap((process) => process.earlier);
  const own = processes.map(({ threads: all }) => all.filter((thread) => !isTooling(thread)).length);
  const threads = own.reduce((sum, count) => sum + count, total(earlier, 'count'));
  const lasted = processes.reduce((longest, process) => Math.max(longest, process.lasted ?? 0), 0);
  const pending = pendingIn(processes);
  const facts = [
    threadsIn(threads, processes.length + total(earlier, 'processes')),
    ...(pending > 0 ? [t('{0} killed with timers or the like', pending)] : []),
    seconds(lasted),
    ...processes.flatMap(({ fullPool }) => (fullPool ? [fullPoolFact(fullPool)] : [])).slice(0, 1),
  ];
  return `${t('Thread Lifelines: {0}', forTerminal(text, LONGEST))} ${t('No findings ({0}).', facts.join(', '))}`;
}

/** Who had timers or the like may have had something to do, which nobody can tell. */
const pendingIn = (processes: readonly ProcessReport[]): number =>
  processes
    .flatMap(({ cutOff }) => cutOff)
    .filter(({ unfinished = [] }) => unfinished.some(({ what }) => what === 'pending')).length;

const fullPoolFact = ({ threads, time }: NonNullable<ProcessReport['fullPool']>): string =>
  tally(
    threads,
    'the {0} thread of Node’s own pool busy for {1}',
    'all {0} threads of Node’s own pool busy for {1}',
    seconds(time),
  );

const endedInOrder = (endings: EarlierReport['endings']): boolean =>
  Object.keys(endings).every((by) => IN_ORDER.has(by as EndedBy));

const total = (earlier: EarlierReport[], what: 'count' | 'processes'): number =>
  earlier.reduce((sum, one) => sum + (one[what] ?? 0), 0);

const threadsIn = (threads: number, processes: number): string =>
  processes > 1
    ? tally(threads, '{0} thread in {1} processes', '{0} threads in {1} processes', processes)
    : tally(threads, '{0} thread', '{0} threads');
