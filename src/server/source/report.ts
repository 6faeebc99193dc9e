// What rules are given, and what they find. Pure.
import type ts from 'typescript';
import type { RuleId, Severity } from '../../protocol/rules';
import type { Manifest } from '../manifest';
import type { Module } from './module';
import type { ScriptPlace } from './scripts';
import type { Start } from './starts';
import { spanOf, type Span, type TextEdit } from './syntax';
import type { WorkerCode } from './workerCode';

/** One module, and what is known of others. */
export interface Source {
  module: Module;
  starts: readonly Start[];
  /** Places that name a script, those of the starts too. */
  scripts: readonly ScriptPlace[];
  /** A worker runs it: another module starts it so, or it speaks to its owner. */
  isWorker: boolean;
  /** Of the script that a start names; undefined when that is not known, or cannot be read. */
  workerOf(start: Start): WorkerCode | undefined;
  /** Whether there is such a file, be it of TypeScript that becomes it. */
  exists(path: string): boolean;
  /** Whether the script that a place names is there, also where `require.resolve()` adds its ending. */
  hasScript(place: ScriptPlace): boolean;
  /** Of the package that it is in. */
  manifest(): Manifest | undefined;
  /** Folder that the program is likely to be started in. */
  root: string | undefined;
}

/** Changes the module so that the finding goes, and what it does stays. */
export interface Fix {
  title: string;
  edits: TextEdit[];
}

export interface Report {
  rule: RuleId;
  at: Span;
  /** What was seen, as a sentence. */
  message: string;
  severity?: Severity;
  fix?: Fix;
}

export type Check = (source: Source) => Iterable<Report>;

export const report = (
  rule: RuleId,
  node: ts.Node,
  message: string,
  more: Pick<Report, 'severity' | 'fix'> = {},
): Report => ({
  rule,
  at: spanOf(node),
  message,
  ...more,
});
