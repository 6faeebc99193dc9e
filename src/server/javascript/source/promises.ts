// Promises that wait for events of emitters. Pure.
import ts from 'typescript';
import type { Use } from './flow';
import type { Module } from './module';

export type Executor = ts.ArrowFunction | ts.FunctionExpression;

/** The function around a node that is passed to `new Promise`. */
export function executorAround(module: Module, node: ts.Node): Executor | undefined {
  for (let up: ts.Node = node; up.parent; up = up.parent) {
    if (!ts.isArrowFunction(up) && !ts.isFunctionExpression(up)) continue;
    const { parent } = up;
    if (ts.isNewExpression(parent) && module.isGlobal(parent.expression, 'Promise') && parent.arguments?.[0] === up)
      return up;
  }
  return undefined;
}

/** A node names a parameter, such as `resolve`. */
export function mentions(node: ts.Node, parameter: ts.ParameterDeclaration | undefined): boolean {
  if (!parameter || !ts.isIdentifier(parameter.name)) return false;
  const { text } = parameter.name;
  const has = (one: ts.Node): boolean =>
    (ts.isIdentifier(one) && one.text === text) || (ts.forEachChild(one, has) ?? false);
  return has(node);
}

/** `once()` of `events` also rejects on errors while it waits. */
export const isOnce = (module: Module, { node }: Use): boolean =>
  ts.isCallExpression(node) && module.isImport(node.expression, 'events', 'once');
