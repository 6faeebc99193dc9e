// What the first comment of a program says of its report: lines such as
//   // Exit: exit-call, code 3.
//   // Threads: 1 returned, 2 main-exit (daemon).
//   // Findings: unread-messages “reader” at (unref).
//   // Since: Node 24.
// A place is the line that ends with that mark in a comment; Node 20 tells no names of workers.
import * as fs from 'node:fs';
import type { ExitReport, FindingReport } from '../../src/model/report/report';

export interface Expectation {
  exit: string;
  threads: string;
  findings: string[];
}

/** Undefined for a program whose comment does not say. */
export function expectationOf(file: string): Expectation | undefined {
  const comment = /^(\/\/.*\n)+/.exec(fs.readFileSync(file, 'utf8'))?.[0] ?? '';
  const said = (what: string): string[] =>
    [...comment.matchAll(new RegExp(`^// ${what}: (.*)\\.$`, 'gm'))].map(([, text]) => text!);
  const [exit] = said('Exit');
  const [threads] = said('Threads');
  if (exit === undefined || threads === undefined) return undefined;
  return {
    exit,
    threads,
    findings: said('Findings')
      .filter((text) => text !== 'none')
      .sort(),
  };
}

/** The oldest line of the runtime that has what the program uses; 0: each has. */
export const sinceOf = (file: string): number =>
  Number(/^\/\/ Since: Node (\d+)\.$/m.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? 0);

/** The same of a report, for its first process. */
export function briefOf(report: ExitReport, file: string, namesAreKnown: boolean): Expectation {
  const { exit, threads, findings } = report.processes[0]!;
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
  };
}

function findingBrief({ rule, about, at }: FindingReport, file: string, namesAreKnown: boolean): string {
  const line = at?.file === file ? fs.readFileSync(file, 'utf8').split('\n')[at.line - 1] : undefined;
  const mark = line === undefined ? at && `${at.file}:${at.line}` : (/\/\/ (.*)$/.exec(line)?.[1] ?? `${at!.line}`);
  return `${rule}${about === undefined || !namesAreKnown ? '' : ` “${about}”`}${mark ? ` at (${mark})` : ''}`;
}

export const withoutNames = ({ findings, ...rest }: Expectation): Expectation => ({
  ...rest,
  findings: findings.map((text) => text.replace(/ “.*”/, '')),
});
