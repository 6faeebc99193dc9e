// What the editor shows of a run already: a mistake is one problem, whether it was found before the run or in it, and a line
// that says what its threads are has no hint that guesses it.
import type { ShownOfRun } from '../protocol/serverMessages';
import { pathOf } from './documents';

export class RunInEditor {
  private files = new Map<string, { lines: Set<number>; problems: Set<string>; key: string }>();

  /** Takes nothing of a list that is none. @returns files of which something else is shown than before */
  shows(list: unknown): string[] {
    const before = this.files;
    this.files = new Map();
    for (const one of Array.isArray(list) ? (list as ShownOfRun[]) : []) {
      const file = typeof one?.uri === 'string' ? pathOf(one.uri) : undefined;
      if (file === undefined || !Array.isArray(one.lines) || !Array.isArray(one.problems)) continue;
      const problems = one.problems.map(({ line, rule }) => problemKey(line, rule));
      const key = JSON.stringify([one.lines, problems]);
      this.files.set(file, { lines: new Set(one.lines), problems: new Set(problems), key });
    }
    const all = new Set([...before.keys(), ...this.files.keys()]);
    return [...all].filter((file) => before.get(file)?.key !== this.files.get(file)?.key);
  }

  /** One of these lines of the file says what its threads are. */
  says(file: string, first: number, last: number): boolean {
    const lines = this.files.get(file)?.lines;
    for (let line = first; lines && line <= last; line++) if (lines.has(line)) return true;
    return false;
  }

  hasProblem(file: string, line: number, rule: string): boolean {
    return this.files.get(file)?.problems.has(problemKey(line, rule)) ?? false;
  }
}

const problemKey = (line: number, rule: string): string => `${line} ${rule}`;
