// The exit report in one line. Pure.
import type { EndedBy } from '../../protocol/picture';
import type { ExitReport, FindingReport } from './report';
import { siteText } from '../labels';
import { findingsIn, lossSentences, plural, seconds, visible } from './words';

const MOST_NAMED = 3;

/** For a console, when there is something to know: findings, a runtime too old. Else undefined. */
export function consoleSummary(report: ExitReport): string | undefined {
  const old = report.processes.find((process) => !process.supported);
  if (old)
    return `Thread Lifelines: ${old.runtime} is too old for its threads to be shown; Node 20 or newer is needed.`;
  const findings = findingsIn(report);
  if (findings.length === 0) return undefined;
  const names = findings.slice(0, MOST_NAMED).map(named);
  const more = findings.length > names.length ? ` and ${findings.length - names.length} more` : '';
  return `Thread Lifelines: ${findings.length} finding${plural(findings.length)}: ${names.join('; ')}${more}.`;
}

function named({ title, about, at }: FindingReport): string {
  const of = about === undefined ? '' : ` “${visible(about)}”`;
  return `${title}:${of}${at ? ` (${visible(siteText(at))})` : ''}`;
}

const IN_ORDER: ReadonlySet<EndedBy> = new Set(['returned', 'exit-call']);

/** For a run without findings; undefined when there is more to say than that. */
export function quietSummary(report: ExitReport): string | undefined {
  const { processes, damaged, notices } = report;
  const isQuiet = processes.every(
    (process) =>
      process.supported &&
      process.findings.length === 0 &&
      process.exit !== undefined &&
      IN_ORDER.has(process.exit.by) &&
      lossSentences(process).length === 0,
  );
  if (!isQuiet || processes.length === 0 || damaged > 0 || notices.length > 0) return undefined;
  const threads = processes.reduce((sum, process) => sum + process.threads.length, 0);
  const lasted = Math.max(...processes.map((process) => process.lasted ?? 0));
  const many = processes.length > 1 ? ` in ${processes.length} processes` : '';
  const cut = processes.reduce((sum, { cutOff }) => sum + cutOff.length, 0);
  const killed = cut > 0 ? `, ${cut} cut off with nothing known to be lost` : '';
  return `Thread Lifelines: no findings (${threads} thread${plural(threads)}${many}${killed}, ${seconds(lasted)}).`;
}
