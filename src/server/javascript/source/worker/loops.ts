// Loops that never end. Pure.
import ts from 'typescript';
import type { Module } from '../module';
import { someOwn } from '../syntax';

/** `for (;;)`, `while (true)`. */
export function isEndless(node: ts.Node): node is ts.IterationStatement {
  if (ts.isForStatement(node)) return !node.condition || node.condition.kind === ts.SyntaxKind.TrueKeyword;
  if (!ts.isWhileStatement(node) && !ts.isDoStatement(node)) return false;
  const { expression } = node;
  return expression.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(expression) && expression.text === '1');
}

/** The loop can end, or waits. What functions do that it calls is not known. */
export function letsTurn(module: Module, loop: ts.IterationStatement): boolean {
  return someOwn(loop, (node) => {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isReturnStatement(node)) return true;
    if (ts.isThrowStatement(node)) return true;
    if (ts.isBreakStatement(node)) return true;
    if (!ts.isCallExpression(node)) return false;
    const { expression } = node;
    if (module.isProcess(expression, 'exit')) return true;
    const called = module.importOf(expression);
    if (called?.module === 'worker_threads' && called.name === 'receiveMessageOnPort') return true;
    return ts.isPropertyAccessExpression(expression) && module.isGlobal(expression.expression, 'Atomics');
  });
}
