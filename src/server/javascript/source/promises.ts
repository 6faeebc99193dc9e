// Functions that are given to `new Promise`. Pure.
import ts from 'typescript';
import type { Module } from './module';

export type Executor = ts.ArrowFunction | ts.FunctionExpression;

/** The function around a node that is passed to `new Promise`. */
export function executorAround(module: Module, node: ts.Node): Executor | undefined {
  for (let up: ts.Node = node; up.parent; up = up.parent) {
    if (isExecutor(module, up)) return up;
  }
  return undefined;
}

export const isExecutor = (module: Module, fn: ts.Node): fn is Executor =>
  (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) &&
  ts.isNewExpression(fn.parent) &&
  module.isGlobal(fn.parent.expression, 'Promise') &&
  fn.parent.arguments?.[0] === fn;

/** A node names a parameter, such as `resolve`. */
export function mentions(node: ts.Node, parameter: ts.ParameterDeclaration | undefined): boolean {
  if (!parameter || !ts.isIdentifier(parameter.name)) return false;
  const { text } = parameter.name;
  const has = (one: ts.Node): boolean =>
    (ts.isIdentifier(one) && one.text === text) || (ts.forEachChild(one, has) ?? false);
  return has(node);
}
