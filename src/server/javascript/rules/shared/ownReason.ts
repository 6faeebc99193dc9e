// Why a process that stays may be meant to. Pure.
import ts from 'typescript';
import type { RuleContext } from '../check';

/** A server keeps the process alive anyway, and is meant to; process.exit() ends it, whatever holds it. */
export const hasOwnReason = ({ module }: RuleContext): boolean =>
  module.calls.some(
    ({ expression }) =>
      module.isProcess(expression, 'exit') ||
      (ts.isPropertyAccessExpression(expression) && /^(listen|serve)$/.test(expression.name.text)),
  );
