// `parentPort`, by which a worker speaks to its owner. Pure.
import ts from 'typescript';
import type { Module } from '../module';

export const isPort = (module: Module, node: ts.Expression): boolean =>
  module.isImport(node, 'worker_threads', 'parentPort');

/** A call of one of its methods. */
export const isOnPort = (module: Module, { expression }: ts.CallExpression, method: RegExp): boolean =>
  ts.isPropertyAccessExpression(expression) &&
  method.test(expression.name.text) &&
  isPort(module, expression.expression);
