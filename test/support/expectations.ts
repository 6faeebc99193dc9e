// What the first comment of a program says of its report: lines such as
//   // Exit: exit-call, code 3.
//   // Threads: 1 returned, 2 main-exit (daemon).
//   // Findings: unread-messages “reader” at (unref).
//   // Notes: 1 exit listener of main did not run (added at listens.js:4).
//   // Alive: an HTTP server on port N at (listen).
//   // Since: Node 24.
// In Python's programs with `#`; what holds for some versions alone says which: `# Findings [3.9+]: …`.
// A place is the line that ends with that mark in a comment; Node 20 tells no names of workers.
import * as fs from 'node:fs';
import type { Holder } from '../../src/protocol/picture';
import type { Site } from '../../src/protocol/probeEvents';
import type { ExitReport, FindingReport } from '../../src/model/report/report';

export interface Expectation {
  exit: string;
  threads: string;
  findings: string[];
  /** What need be no trouble. */
  notes: string[];
  /** What keeps it alive, or did. */
  alive: string[];
}

/**
 * Undefined for a program whose comment does not say.
 * @param line of the runtime; what is said of some versions alone is left out without
 */
export function expectationOf(file: string, line?: number): Expectation | undefined {
  const sign = signOf(file);
  const comment = new RegExp(`^(${sign}.*\\n)+`).exec(fs.readFileSync(file, 'utf8'))?.[0] ?? '';
  const said = (what: string): string[] =>
    [...comment.matchAll(new RegExp(`^${sign} ${what}(?: \\[(.*)\\])?: (.*)\\.$`, 'gm'))]
      .filter(([, versions]) => versions === undefined || (line !== undefined && isAmong(line, versions)))
      .map(([, , text]) => text!);
  const [exit] = said('Exit');
  const [threads] = said('Threads');
  if (exit === undefined || threads === undefined) return undefined;
  return {
    exit,
    threads,
    findings: said('Findings')
      .filter((text) => text !== 'none')
      .sort(),
    notes: said('Notes')
      .map((text) => `${text}.`)
      .sort(),
    alive: said('Alive').sort(),
  };
}

/** How the comments of its language begin. */
const signOf = (file: string): string => (file.endsWith('.py') ? '#' : '//');

/** Such as `3.8`, `3.9+`, `3.8-3.11,3.13`. */
const isAmong = (line: number, versions: string): boolean =>
  versions.split(',').some((range) => {
    const [, from, to] = /^3\.(\d+)(?:-3\.(\d+)|\+)?$/.exec(range) ?? [];
    const last = range.endsWith('+') ? Infinity : Number(to ?? from);
    return Number(from) <= line && line <= last;
  });

/** The oldest line of the runtime that has what the program uses; 0: each has. */
export const sinceOf = (file: string): number =>
  Number(/^\/\/ Since: Node (\d+)\.$/m.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? 0);

/** The same of a report, for its first process. */
export function briefOf(report: ExitReport, file: string, namesAreKnown: boolean): Expectation {
  const { exit, threads, findings, notes = [], alive } = report.processes[0]!;
  const counts = new Map<string, number>();
  for (const { kind, daemon, ended } of threads) {
    if (kind !== 'worker') continue;
    const brief = `${ended?.by ?? 'alive'}${daemon && ended?.by !== 'returned' ? ' (daemon)' : ''}`;
    counts.set(brief, (counts.get(brief) ?? 0) + 1);
  }
  return {
    exit: `${exit?.by}${exit?.code ? `, code ${exit.code}` : ''}`,
    threads:
      [...counts]
        .map(([brief, count]) => `${count} ${brief}`)
        .sort()
        .join(', ') || 'none',
    findings: findings.map((finding) => findingBrief(finding, file, namesAreKnown)).sort(),
    notes: [...notes].sort(),
    // Those that keep a thread alive are asked for by findings.
    alive: (alive?.holders ?? [])
      .filter(({ kind }) => kind === 'resource' && threads.length === 1)
      .map((holder) => holderBrief(holder, file))
      .sort(),
  };
}

/** Without what differs between any two runs. */
function holderBrief({ what, at }: Holder, file: string): string {
  const mark = markOf(at, file);
  const steady = what
    .replace(/(?<=on port |child process )\d+/, 'N')
    .replace(/(?<=server at ).*/, 'SOCKET')
    .replace(/\(node(\.exe)?/, '(node');
  return `${steady}${mark ? ` at (${mark})` : ''}`;
}

function markOf(at: Site | undefined, file: string): string | undefined {
  const line = at?.file === file ? fs.readFileSync(file, 'utf8').split('\n')[at.line - 1] : undefined;
  if (line === undefined) return at && `${at.file}:${at.line}`;
  return new RegExp(`${signOf(file)} \\(?(.*?)\\)?$`).exec(line)?.[1] ?? `${at!.line}`;
}

function findingBrief({ rule, about, at }: FindingReport, file: string, namesAreKnown: boolean): string {
  const mark = markOf(at, file);
  return `${rule}${about === undefined || !namesAreKnown ? '' : ` “${about}”`}${mark ? ` at (${mark})` : ''}`;
}

/** Node 20 tells no names. */
export const withoutNames = ({ findings, notes, ...rest }: Expectation): Expectation => ({
  ...rest,
  notes: notes.map((text) => text.replace(/“[^”]*”/g, '“”')),
  findings: findings.map((text) => text.replace(/ “.*”/, '')),
});
