// What rules are given, and what they find. Pure.
import type ts from 'typescript';
import type { RuleId } from '../../../protocol/rules';
import type { Finding } from '../../language';
import type { Manifest } from '../manifest';
import type { Module } from '../source/module';
import type { ScriptReference } from '../source/scripts';
import type { Start } from '../source/starts';
import { spanOf } from '../source/syntax';
import type { WorkerCode } from '../source/worker/workerCode';

export type { Finding, Fix } from '../../language';

/** One module, and what is known of others. */
export interface RuleContext {
  module: Module;
  starts: readonly Start[];
  /** All references to scripts, those of the starts included. */
  scripts: readonly ScriptReference[];
  /** A worker runs it: another module starts it, or it talks to its owner. */
  isWorker: boolean;
  /** What the script of a start does; undefined when the script is not known, or cannot be read. */
  workerOf(start: Start): WorkerCode | undefined;
  /** Whether there is such a file, or TypeScript that is compiled to it. */
  exists(path: string): boolean;
  /** Whether the script that is referred to is there, also where `require.resolve()` adds its extension. */
  hasScript(reference: ScriptReference): boolean;
  /** Manifest of the package that the module is in. */
  manifest(): Manifest | undefined;
  /** Folder that the program is likely to be started in. */
  root: string | undefined;
}

export type Check = (context: RuleContext) => Iterable<Finding>;

export const finding = (
  rule: RuleId,
  node: ts.Node,
  message: string,
  more: Pick<Finding, 'severity' | 'fix'> = {},
): Finding => ({
  rule,
  span: spanOf(node),
  message,
  ...more,
});
