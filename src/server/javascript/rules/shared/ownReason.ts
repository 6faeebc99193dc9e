// Signs that a process is meant to keep running. Pure.
import ts from 'typescript';
import type { RuleContext } from '../check';

/** A server keeps the process alive on purpose; process.exit() ends it, whatever else would keep it alive. */
export const hasOwnReason = ({ module }: RuleContext): boolean =>
  module.calls.some(
    ({ expression }) =>
      module.isProcess(expression, 'exit') ||
      (ts.isPropertyAccessExpression(expression) && /^(listen|serve)$/.test(expression.name.text)),
  );
