// Calls of the methods of `process`. Pure.
import ts from 'typescript';
import type { RuleContext } from '../check';

/** Names of events that are signals. */
export const SIGNAL = /^SIG[A-Z0-9]+$/;

export function processMethod({ module }: RuleContext, { expression }: ts.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression) && module.isProcess(expression, expression.name.text))
    return expression.name.text;
  const imported = module.importOf(expression);
  return imported?.module === 'process' ? imported.name : undefined;
}
