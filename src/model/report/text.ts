// The exit report as plain text for a terminal. Pure.
import { t } from '../../common/l10n';
import { forTerminal } from '../../common/untrusted';
import type { Site } from '../../protocol/probeEvents';
import { alikeCutOff, alikeIn, countOf } from './alike';
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
  knowsCutOff,
  noThreads,
  severityText,
  titleOf,
  tooOld,
  unfinishedText,
  verdictText,
} from './words';

/** The gravest; `--json` has them all. */
const MOST_FINDINGS = 50;
const MOST_THREADS = 40;
const MOST_CUT_OFF = 10;
const MOST_EARLIER = 20;
const LONGEST_SENTENCES = 600;
const WIDTH = 100;
const LEAST_KIND_WIDTH = 11;

export function reportText(report: ExitReport): string {
  const lines = report.processes.flatMap((process) => ['', ...processLines(process)]);
  if (report.processes.length === 0) lines.push('', nothingSeen());
  if (report.damaged > 0) lines.push('', damagedText(report.damaged));
  for (const notice of report.notices) lines.push('', forTerminal(notice, LONGEST_SENTENCES));
  const [verdict = '', ...more] = wrapped(verdictText(report), '  ');
  return [verdict.trimStart(), ...more, ...lines, ''].join('\n');
}

function processLines(process: ProcessReport): string[] {
  const title = forTerminal(titleOf(process));
  if (!process.supported) return [title, `  ${forTerminal(tooOld(process))}`];
  const losses = lossSentences(process).map((line) => `  ${forTerminal(line)}`);
  return [
    title,
    ...exitSentences(process).flatMap((sentence) => wrapped(sentence, '  ')),
    ...cutOffLines(process),
    ...findingLines(process),
    '',
    ...threadLines(process),
    ...poolLines(process),
    ...asyncTaskLines(process).flatMap((line) => ['', `  ${forTerminal(line)}`]),
    ...(losses.length > 0 ? ['', ...losses] : []),
  ];
}

function findingLines(process: ProcessReport): string[] {
  const { findings } = process;
  if (findings.length === 0) return [];
  return [
    '',
    `  ${countText(process)}:`,
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding) => ['', ...findingText(finding)]),
    ...moreFindings(findings.length - MOST_FINDINGS).flatMap((line) => ['', `  ${line}`]),
  ];
}

function findingText({ severity, title, rule, text, explanation, advice, at, related }: FindingReport): string[] {
  return [
    `  ${severityText(severity)}: ${title} [${rule}]`,
    ...wrapped(text, '    '),
    ...(at ? [`    ${t('at {0}', siteOf(at))}`] : []),
    ...related.map((other) => `    ${lowerFirst(forTerminal(other.text))}: ${siteOf(other.at)}`),
    ...wrapped(`${t('Why:')} ${explanation}`, '    '),
    ...wrapped(`${t('What to change:')} ${advice}`, '    '),
  ];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function threadLines(process: ProcessReport): string[] {
  const { threads, earlier } = process;
  if (!threads.some(({ depth }) => depth > 0) && earlier.length === 0) return [`  ${noThreads(process)}`];
  const rows = alikeIn(threads).slice(0, MOST_THREADS);
  const names = rows.map((row) => '  '.repeat(row.thread.depth) + forTerminal(labelOf(row)));
  const width = Math.min(40, Math.max(...names.map((name) => name.length)));
  const kinds = rows.map(({ thread }) => kindText(thread));
  const kindWidth = Math.max(LEAST_KIND_WIDTH, ...kinds.map((kind) => kind.length));
  const lines = rows.map((row, i) => {
    const line = [names[i]!.padEnd(width), kinds[i]!.padEnd(kindWidth), forTerminal(endText(row))].join('  ');
    return `  ${line}`.trimEnd();
  });
  return [...more(lines, threads.length - countOf(rows), '  '), ...earlierLines(earlier)];
}

function earlierLines(earlier: EarlierReport[]): string[] {
  if (earlier.length === 0) return [];
  const lines = earlier.slice(0, MOST_EARLIER).map((sum) => `    ${forTerminal(earlierText(sum), LONGEST_SENTENCES)}`);
  const rest = earlier.slice(MOST_EARLIER).reduce((count, sum) => count + sum.count, 0);
  return ['', `  ${earlierTitle(earlier)}:`, ...more(lines, rest, '    ')];
}

/** The program's own line, and that of the package which did it. */
function startText({ startSite: at, startedBy: by }: ThreadReport): string[] {
  const isOwn = at && !(at.file === by?.at.file && at.line === by.at.line);
  return [
    ...(isOwn ? [t('started at {0}', siteOf(at))] : []),
    ...(by ? [t('started by {0} at {1}', forTerminal(by.library ?? t('a package')), siteOf(by.at))] : []),
  ];
}

function poolLines({ pools }: ProcessReport): string[] {
  return pools.length === 0
    ? []
    : ['', `  ${t('Pools')}:`, ...pools.map((pool) => `    ${forTerminal(poolText(pool))}`)];
}

function cutOffLines(process: ProcessReport): string[] {
  const { cutOff, earlierCutOff } = process;
  if (cutOff.length + earlierCutOff === 0) return knowsCutOff(process) ? [`  ${t('No thread was cut off.')}`] : [];
  const shown = alikeCutOff(cutOff).slice(0, MOST_CUT_OFF);
  const lines = shown.flatMap(({ thread, ...of }) => [
    `    ${forTerminal(labelOf({ thread, ...of }))}: ${forTerminal(thread.ended!.because)}`,
    ...startText(thread).map((text) => `      ${text}`),
    ...(thread.unfinished ?? []).flatMap((what) => [
      `      ${forTerminal(unfinishedText(what))}`,
      ...(what.at ? [`        ${t('at {0}', siteOf(what.at))}`] : []),
    ]),
  ]);
  return [
    '',
    `  ${cutOffTitle(cutOff.length + earlierCutOff)}:`,
    ...more(lines, cutOff.length - countOf(shown), '    '),
    ...earlierThreads(earlierCutOff).map((line) => `    ${line}`),
  ];
}

const more = (lines: string[], count: number, indent: string): string[] => [
  ...lines,
  ...moreThreads(count).map((line) => indent + line),
];

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of forTerminal(text, LONGEST_SENTENCES).split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, indent + line];
}

const siteOf = (site: Site): string => `${forTerminal(site.file)}:${site.line}:${site.column}`;
