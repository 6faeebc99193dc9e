// The exit report as Markdown, for a document and for the clipboard. Pure.
import { t } from '../../common/l10n';
import { forMarkdown } from '../../common/untrusted';
import type { Site } from '../../protocol/probeEvents';
import type { EarlierReport, ExitReport, FindingReport, ProcessReport } from './report';
import {
  countText,
  cutOffTitle,
  damagedText,
  earlierText,
  earlierThreads,
  earlierTitle,
  endText,
  exitSentences,
  kindText,
  lossSentences,
  moreFindings,
  moreThreads,
  nothingSeen,
  poolText,
  noThreads,
  severityText,
  titleOf,
  tooOld,
  unfinishedText,
} from './words';

/** The gravest. */
const MOST_FINDINGS = 100;
const MOST_THREADS = 100;
const MOST_CUT_OFF = 20;
const MOST_EARLIER = 50;

export function reportMarkdown(report: ExitReport): string {
  const parts = [`# ${t('Exit report: {0}', forMarkdown(report.title))}`];
  for (const process of report.processes) parts.push(...processParts(process));
  if (report.processes.length === 0) parts.push(nothingSeen());
  if (report.damaged > 0) parts.push(damagedText(report.damaged));
  parts.push(...report.notices.map((notice) => forMarkdown(notice)));
  return parts.join('\n\n') + '\n';
}

function processParts(process: ProcessReport): string[] {
  const title = `## ${forMarkdown(titleOf(process))}`;
  if (!process.supported) return [title, forMarkdown(tooOld(process))];
  return [
    title,
    exitSentences(process)
      .map((sentence) => forMarkdown(sentence))
      .join(' '),
    ...findingParts(process),
    ...threadParts(process),
    ...(process.pools.length > 0
      ? [`### ${t('Pools')}`, process.pools.map((pool) => `- ${forMarkdown(poolText(pool))}`).join('\n')]
      : []),
    ...cutOffParts(process),
    ...lossSentences(process).map((sentence) => forMarkdown(sentence)),
  ];
}

function findingParts(process: ProcessReport): string[] {
  const { findings } = process;
  if (findings.length === 0) return [];
  const items = findings.slice(0, MOST_FINDINGS).map(findingItem);
  return [`### ${countText(process)}`, items.join('\n\n'), ...moreFindings(findings.length - MOST_FINDINGS)];
}

function findingItem(finding: FindingReport, i: number): string {
  const { severity, title, rule, text, explanation, advice, at, related } = finding;
  const lines = [
    `${i + 1}. **${severityText(severity)}: ${title}** \`${rule}\``,
    forMarkdown(text),
    ...(at ? [t('At {0}.', siteOf(at))] : []),
    ...related.map((other) => `${forMarkdown(other.text)}: ${siteOf(other.at)}.`),
    `*${t('Why:')}* ${forMarkdown(explanation)}`,
    `*${t('What to change:')}* ${forMarkdown(advice)}`,
  ];
  return lines.join('\\\n   ');
}

function threadParts(process: ProcessReport): string[] {
  const { threads, earlier } = process;
  if (!threads.some(({ depth }) => depth > 0) && earlier.length === 0) return [noThreads(process)];
  const rows = threads.slice(0, MOST_THREADS).map((thread) => {
    const indent = '&emsp;'.repeat(thread.depth);
    return `| ${indent}${forMarkdown(thread.label)} | ${kindText(thread)} | ${forMarkdown(endText(thread))} |`;
  });
  const table = [`| ${t('Thread')} | ${t('Kind')} | ${t('Ending')} |`, '| --- | --- | --- |', ...rows].join('\n');
  return [`### ${t('Threads')}`, table, ...moreThreads(threads.length - MOST_THREADS), ...earlierParts(earlier)];
}

function earlierParts(earlier: EarlierReport[]): string[] {
  if (earlier.length === 0) return [];
  const items = earlier.slice(0, MOST_EARLIER).map((sum) => `- ${forMarkdown(earlierText(sum))}`);
  const rest = earlier.slice(MOST_EARLIER).reduce((count, sum) => count + sum.count, 0);
  return [`${earlierTitle(earlier)}:`, items.join('\n'), ...moreThreads(rest)];
}

function cutOffParts({ cutOff, earlierCutOff }: ProcessReport): string[] {
  const all = cutOff.length + earlierCutOff;
  if (all === 0) return [];
  const items = cutOff
    .slice(0, MOST_CUT_OFF)
    .flatMap((thread) => [
      `- **${forMarkdown(thread.label)}**: ${forMarkdown(thread.ended!.because)}`,
      ...(thread.unfinished ?? []).map(
        (what) => `  - ${forMarkdown(unfinishedText(what))}${what.at ? `, ${t('at {0}', siteOf(what.at))}` : ''}`,
      ),
    ]);
  return [
    `### ${cutOffTitle(all)}`,
    ...(items.length > 0 ? [items.join('\n')] : []),
    ...moreThreads(cutOff.length - MOST_CUT_OFF),
    ...earlierThreads(earlierCutOff),
  ];
}

const siteOf = (site: Site): string => forMarkdown(`${site.file}:${site.line}:${site.column}`);
