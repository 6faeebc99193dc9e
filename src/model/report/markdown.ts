// The exit report as Markdown, for a document and for the clipboard. Pure.
import type { Site } from '../../protocol/probeEvents';
import type { ExitReport, FindingReport, ProcessReport, ThreadReport } from './report';
import {
  NOTHING_SEEN,
  TOO_OLD,
  countText,
  damagedText,
  endText,
  exitSentences,
  kindText,
  lossSentences,
  plural,
  poolText,
  titleOf,
  unfinishedText,
  visible,
} from './words';

const MOST_THREADS = 100;
const MOST_CUT_OFF = 20;
const LONGEST_SENTENCES = 600;

export function reportMarkdown(report: ExitReport): string {
  const parts = [`# Exit report: ${escaped(report.title)}`];
  for (const process of report.processes) parts.push(...processParts(process));
  if (report.processes.length === 0) parts.push(NOTHING_SEEN);
  if (report.damaged > 0) parts.push(damagedText(report.damaged));
  parts.push(...report.notices.map(escaped));
  return parts.join('\n\n') + '\n';
}

function processParts(process: ProcessReport): string[] {
  const title = `## ${escaped(titleOf(process))}`;
  if (!process.supported) return [title, TOO_OLD];
  return [
    title,
    exitSentences(process).map(escaped).join(' '),
    ...findingParts(process),
    ...threadParts(process.threads),
    ...(process.pools.length > 0
      ? ['### Pools', process.pools.map((pool) => `- ${escaped(poolText(pool))}`).join('\n')]
      : []),
    ...cutOffParts(process.cutOff),
    ...lossSentences(process).map(escaped),
  ];
}

function findingParts(process: ProcessReport): string[] {
  if (process.findings.length === 0) return [];
  return [`### ${countText(process)}`, process.findings.map(findingItem).join('\n\n')];
}

function findingItem(finding: FindingReport, i: number): string {
  const { severity, title, rule, text, explanation, advice, at, related } = finding;
  const lines = [
    `${i + 1}. **${severity === 'info' ? 'note' : severity}: ${title}** \`${rule}\``,
    escaped(text),
    ...(at ? [`At ${place(at)}.`] : []),
    ...related.map((other) => `${escaped(other.text)}: ${place(other.at)}.`),
    `*Why:* ${escaped(explanation)}`,
    `*What to change:* ${escaped(advice)}`,
  ];
  return lines.join('\\\n   ');
}

function threadParts(threads: ThreadReport[]): string[] {
  if (!threads.some(({ depth }) => depth > 0)) return ['It started no worker threads.'];
  const rows = threads.slice(0, MOST_THREADS).map((thread) => {
    const indent = '&emsp;'.repeat(thread.depth);
    return `| ${indent}${escaped(thread.label)} | ${kindText(thread)} | ${escaped(endText(thread))} |`;
  });
  const table = ['| Thread | Kind | Ending |', '| --- | --- | --- |', ...rows].join('\n');
  return ['### Threads', table, ...moreOf(threads.length - MOST_THREADS)];
}

function cutOffParts(cutOff: ThreadReport[]): string[] {
  if (cutOff.length === 0) return [];
  const items = cutOff
    .slice(0, MOST_CUT_OFF)
    .flatMap((thread) => [
      `- **${escaped(thread.label)}**: ${escaped(thread.ended!.because)}`,
      ...(thread.unfinished ?? []).map((what) => `  - ${escaped(unfinishedText(what))}`),
    ]);
  const title = `### Cut off, in whatever ${cutOff.length === 1 ? 'it was' : 'they were'} doing`;
  return [title, items.join('\n'), ...moreOf(cutOff.length - MOST_CUT_OFF)];
}

const moreOf = (count: number): string[] => (count > 0 ? [`… and ${count} more thread${plural(count)}`] : []);

const escaped = (text: string): string => visible(text, LONGEST_SENTENCES).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');

const place = (site: Site): string => escaped(`${site.file}:${site.line}:${site.column}`);
