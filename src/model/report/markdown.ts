// The exit report as Markdown, for a document and for the clipboard. Pure.
import { t } from '../../common/l10n';
import { forAddress, forMarkdown } from '../../common/untrusted';
import type { Site } from '../../protocol/probeEvents';
import { fileLabel } from '../facts/sites';
import { alikeCutOff, alikeIn, countOf } from './alike';
import type { ComparedStart } from './compared';
import type { EarlierReport, ExitReport, FindingReport, ProcessReport, ThreadReport } from './report';
import {
  asyncTaskLines,
  countText,
  cutOffTitle,
  damagedText,
  earlierText,
  earlierThreads,
  earlierTitle,
  endText,
  exitSentences,
  kindText,
  labelOf,
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

/** How a place is written: as text, or as a link. */
type SiteWriter = (site: Site) => string;

/** Places as text, for wherever it is pasted. */
export const plainSite: SiteWriter = (site) => forMarkdown(`${site.file}:${site.line}:${site.column}`);

/**
 * Places that lead to their lines. VS Code follows links of a preview only where they begin at the folder of the document.
 * @param folder of the document, absolute; on Windows a place on another drive stays text
 */
export const linkedFrom =
  (folder: string): SiteWriter =>
  (site) => {
    const address = addressFrom(partsOf(folder), partsOf(site.file.replace(/^file:\/\//, '')));
    if (address === undefined) return plainSite(site);
    const text = forMarkdown(`${fileLabel(site.file)}:${site.line}:${site.column}`);
    return `[${text}](${address}#L${site.line},${site.column})`;
  };

/** Of an absolute path: the first part is empty, or a drive. */
const partsOf = (path: string): string[] => path.replace(/^\/(?=[A-Za-z]:)/, '').split(/[\\/]/);
const isRoot = (part: string | undefined): boolean => part === '' || /^[A-Za-z]:$/.test(part ?? '-');

function addressFrom(from: string[], to: string[]): string | undefined {
  if (!isRoot(to[0]) || to.length < 2 || from[0]?.toLowerCase() !== to[0]!.toLowerCase()) return undefined;
  let common = 1;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common).map(forAddress)].join('/');
}

export function reportMarkdown(report: ExitReport, siteOf: SiteWriter = plainSite): string {
  const { headline, text } = report.outcome;
  const parts = [`# ${forMarkdown(headline)}`];
  if (text.length > headline.length) parts.push(forMarkdown(text.slice(headline.length)));
  if (report.compared !== undefined)
    parts.push(forMarkdown(report.compared), comparedTable(report.comparedStarts ?? []));
  parts.push(t('Exit report: {0}', forMarkdown(report.title)));
  for (const process of report.processes) parts.push(...processParts(process, siteOf));
  if (report.processes.length === 0) parts.push(nothingSeen());
  if (report.damaged > 0) parts.push(damagedText(report.damaged));
  parts.push(...report.notices.map((notice) => forMarkdown(notice)));
  return parts.join('\n\n') + '\n';
}

const MOST_COMPARED = 12;

function comparedTable(starts: readonly ComparedStart[]): string {
  const rows = starts
    .slice(0, MOST_COMPARED)
    .map(({ what, before, after }) => `| ${forMarkdown(what)} | ${before} | ${after} |`);
  return [`| ${t('Threads')} | ${t('The run before')} | ${t('This run')} |`, '| --- | --- | --- |', ...rows].join('\n');
}

function processParts(process: ProcessReport, siteOf: SiteWriter): string[] {
  const title = `## ${forMarkdown(titleOf(process))}`;
  if (!process.supported) return [title, forMarkdown(tooOld(process))];
  return [
    title,
    exitSentences(process)
      .map((sentence) => forMarkdown(sentence))
      .join(' '),
    ...cutOffParts(process, siteOf),
    ...findingParts(process, siteOf),
    ...threadParts(process),
    ...(process.pools.length > 0
      ? [`### ${t('Pools')}`, process.pools.map((pool) => `- ${forMarkdown(poolText(pool))}`).join('\n')]
      : []),
    ...asyncTaskLines(process).map((line) => forMarkdown(line)),
    ...lossSentences(process).map((sentence) => forMarkdown(sentence)),
  ];
}

function findingParts(process: ProcessReport, siteOf: SiteWriter): string[] {
  const { findings } = process;
  if (findings.length === 0) return [];
  const items = findings.slice(0, MOST_FINDINGS).map((finding, i) => findingItem(finding, i, siteOf));
  return [`### ${countText(process)}`, items.join('\n\n'), ...moreFindings(findings.length - MOST_FINDINGS)];
}

function findingItem(finding: FindingReport, i: number, siteOf: SiteWriter): string {
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
  const shown = alikeIn(threads).slice(0, MOST_THREADS);
  const rows = shown.map((row) => {
    const indent = '&emsp;'.repeat(row.thread.depth);
    return `| ${indent}${forMarkdown(labelOf(row))} | ${kindText(row.thread)} | ${forMarkdown(endText(row))} |`;
  });
  const table = [`| ${t('Thread')} | ${t('Kind')} | ${t('Ending')} |`, '| --- | --- | --- |', ...rows].join('\n');
  return [`### ${t('Threads')}`, table, ...moreThreads(threads.length - countOf(shown)), ...earlierParts(earlier)];
}

function earlierParts(earlier: EarlierReport[]): string[] {
  if (earlier.length === 0) return [];
  const items = earlier.slice(0, MOST_EARLIER).map((sum) => `- ${forMarkdown(earlierText(sum))}`);
  const rest = earlier.slice(MOST_EARLIER).reduce((count, sum) => count + sum.count, 0);
  return [`${earlierTitle(earlier)}:`, items.join('\n'), ...moreThreads(rest)];
}

function cutOffParts({ cutOff, earlierCutOff }: ProcessReport, siteOf: SiteWriter): string[] {
  const all = cutOff.length + earlierCutOff;
  if (all === 0) return [];
  const shown = alikeCutOff(cutOff).slice(0, MOST_CUT_OFF);
  const items = shown.flatMap(({ thread, ...of }) => [
    `- **${forMarkdown(labelOf({ thread, ...of }))}**: ${forMarkdown(thread.ended!.because)}${startText(thread, siteOf)}`,
    ...(thread.unfinished ?? []).map(
      (what) => `  - ${forMarkdown(unfinishedText(what))}${what.at ? `, ${t('at {0}', siteOf(what.at))}` : ''}`,
    ),
  ]);
  return [
    `### ${cutOffTitle(all)}`,
    ...(items.length > 0 ? [items.join('\n')] : []),
    ...moreThreads(cutOff.length - countOf(shown)),
    ...earlierThreads(earlierCutOff),
  ];
}

const startText = ({ startSite }: ThreadReport, siteOf: SiteWriter): string =>
  startSite ? `, ${t('started at {0}', siteOf(startSite))}` : '';
