// The exit report as plain text for a terminal and as Markdown for a document. Pure.
// What the program itself says (names, messages, paths) is escaped here: a thread may be named like a terminal's
// control sequence or like markup.
import type { Ending } from '../protocol/picture';
import type { Site } from '../protocol/probeEvents';
import type { ExitReport, ProcessReport, ThreadReport } from './report';

const LONGEST_TEXT = 200;

export function reportText(report: ExitReport): string {
  const lines = report.processes.flatMap((process, i) => [
    ...(i > 0 ? [''] : []),
    ...processText(process, report.processes.length > 1),
  ]);
  if (report.processes.length === 0) lines.push(NOTHING_SEEN);
  if (report.damaged > 0) lines.push('', damagedText(report.damaged));
  for (const notice of report.notices) lines.push('', visible(notice));
  return ['Thread Lifelines: exit report', ...lines, ''].join('\n');
}

const NOTHING_SEEN =
  'Nothing was recorded: the program did not run on Node, or it cleared NODE_OPTIONS, or it could not write its spool.';

/** Under `--permission`, mostly. */
const unseenText = (subjects: string[]): string =>
  `Not to be seen in this process, for its Node does not allow it: ${subjects.map(visible).join(', ')}.`;

export const droppedText = (count: number): string =>
  `${count} record${plural(count)} of activity went for lack of room: waits and writes may be missing, and messages uncounted.`;

const damagedText = (count: number): string =>
  `${count} line${plural(count)} of the recording could not be read; facts may be missing.`;

function processText(process: ProcessReport, several: boolean): string[] {
  const title = `${visible(process.program)} (pid ${process.pid}, ${process.runtime})`;
  if (!process.supported)
    return [title, `  This version of Node is too old to be observed: Node 20 or newer is needed.`];
  return [
    ...(several ? [title, ''] : [title]),
    `  ${exitText(process)}`,
    '',
    ...threadLines(process.threads),
    '',
    ...cutOffLines(process),
    ...lossLines(process),
  ];
}

function exitText({ exit, lasted }: ProcessReport): string {
  if (!exit) return 'main has not ended, as far as the recording goes.';
  const when = lasted === undefined ? '' : ` after ${seconds(lasted)}`;
  if (exit.by === 'lost-contact') return `Contact was lost${when}: whether it still runs is not known.`;
  return `main ended${when}: ${visible(exit.because)}${exit.code === undefined ? '' : ` (exit code ${exit.code})`}.`;
}

function threadLines(threads: ThreadReport[]): string[] {
  const workers = threads.filter((t) => t.depth > 0);
  if (workers.length === 0) return ['  It started no worker threads.'];
  const names = threads.map((t) => '  '.repeat(t.depth) + visible(t.label));
  const width = Math.min(40, Math.max(...names.map((n) => n.length)));
  return threads.map((thread, i) => {
    const line = [names[i]!.padEnd(width), kindText(thread).padEnd(11), fateText(thread)].join('  ');
    return `  ${line}`.trimEnd();
  });
}

const kindText = (thread: ThreadReport): string =>
  thread.id === 0 ? 'main' : thread.daemon === undefined ? 'unknown' : thread.daemon ? 'daemon' : 'keeps alive';

function fateText({ ended, state }: ThreadReport): string {
  if (!ended) return state === 'exiting' ? 'running its exit handlers' : 'still running, as far as the recording goes';
  return `${endingWord(ended)} at ${seconds(ended.t)}: ${visible(ended.because)}`;
}

/** One or two words for the ending, before the sentence that explains it. */
export function endingWord(ending: Ending): string {
  switch (ending.by) {
    case 'returned':
      return 'returned';
    case 'exit-call':
      return 'exited';
    case 'terminate':
      return 'terminated';
    case 'error':
      return 'failed';
    case 'out-of-memory':
      return 'out of memory';
    case 'main-exit':
    case 'owner-exit':
    case 'signal':
      return 'KILLED';
    case 'lost-contact':
      return 'lost contact';
    case 'unknown':
      return 'ended';
  }
}

function cutOffLines({ cutOff, exit }: ProcessReport): string[] {
  if (cutOff.length === 0) return exit && exit.by !== 'lost-contact' ? ['  No thread was cut off.'] : [];
  const lines = [`  Cut off, in whatever ${cutOff.length === 1 ? 'it was' : 'they were'} doing:`];
  for (const thread of cutOff) {
    lines.push(`    ${visible(thread.label)}: ${visible(thread.ended!.because)}`);
    if (thread.startSite) lines.push(`      started at ${place(thread.startSite)}`);
    for (const what of thread.unfinished ?? []) lines.push(`      ${visible(what.text)}`);
  }
  return lines;
}

function lossLines({ lost, dropped, unseen, problems }: ProcessReport): string[] {
  const lines = problems.map((problem) => `  The probe had a problem: ${visible(problem)}`);
  if (lost > 0) lines.unshift(`  ${lost} record${plural(lost)} could not be written; facts may be missing.`);
  if (unseen.length > 0) lines.push(`  ${unseenText(unseen)}`);
  if (dropped > 0) lines.push(`  ${droppedText(dropped)}`);
  return lines.length > 0 ? ['', ...lines] : [];
}

export function reportMarkdown(report: ExitReport): string {
  const parts = [`# Exit report: ${escaped(report.title)}`];
  for (const process of report.processes) parts.push(...processMarkdown(process));
  if (report.processes.length === 0) parts.push(NOTHING_SEEN);
  if (report.damaged > 0) parts.push(damagedText(report.damaged));
  parts.push(...report.notices.map(escaped));
  return parts.join('\n\n') + '\n';
}

function processMarkdown(process: ProcessReport): string[] {
  const parts = [`## ${escaped(process.program)} (pid ${process.pid}, ${process.runtime})`];
  if (!process.supported)
    return [...parts, 'This version of Node is too old to be observed: Node 20 or newer is needed.'];
  parts.push(escaped(exitText(process)));
  const rows = process.threads.map((thread) => {
    const indent = '&emsp;'.repeat(thread.depth);
    return `| ${indent}${escaped(thread.label)} | ${kindText(thread)} | ${escaped(fateText(thread))} |`;
  });
  parts.push(['| Thread | Kind | Ending |', '| --- | --- | --- |', ...rows].join('\n'));
  if (process.cutOff.length > 0) {
    const items = process.cutOff.flatMap((t) => [
      `- **${escaped(t.label)}**: ${escaped(t.ended!.because)}`,
      ...(t.unfinished ?? []).map(({ text }) => `  - ${escaped(text)}`),
    ]);
    parts.push('### Cut off, in whatever they were doing', items.join('\n'));
  }
  parts.push(
    ...lossLines(process)
      .filter(Boolean)
      .map((line) => escaped(line.trim())),
  );
  return parts;
}

/** Control, formatting and bidirectional characters made visible, long text shortened. */
export function visible(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
  const characters = [...shown];
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join('')}…` : shown;
}

const escaped = (text: string): string => visible(text).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');

const place = (site: Site): string => `${visible(site.file)}:${site.line}:${site.column}`;

const plural = (count: number): string => (count === 1 ? '' : 's');

const seconds = (micros: number): string => `${(micros / 1e6).toFixed(micros < 1e6 ? 3 : 2)} s`;

/** One line for a console when there is something to know: threads cut off, a runtime too old. Else undefined. */
export function consoleSummary(report: ExitReport): string | undefined {
  const old = report.processes.find((process) => !process.supported);
  if (old)
    return `Thread Lifelines: ${old.runtime} is too old for its threads to be shown; Node 20 or newer is needed.`;
  const cut = report.processes.flatMap((process) => process.cutOff);
  if (cut.length === 0) return undefined;
  const names = cut.slice(0, 3).map((thread) => `“${visible(thread.label)}” (${visible(thread.ended!.because)})`);
  const more = cut.length > names.length ? ` and ${cut.length - names.length} more` : '';
  return `Thread Lifelines: ${cut.length} thread${plural(cut.length)} cut off: ${names.join(', ')}${more}.`;
}
