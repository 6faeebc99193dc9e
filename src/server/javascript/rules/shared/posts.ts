// What a module posts to other threads. Pure.
import ts from 'typescript';
import type { Module } from '../../source/module';
import { calls } from '../../source/order';
import { isPort } from '../../source/worker/port';
import type { Check } from '../check';

interface Post {
  args: readonly ts.Expression[];
}

/** To workers that the module starts, and to its owner. */
export function postsOf(module: Module, starts: Parameters<Check>[0]['starts']): Post[] {
  const posts = new Map<ts.Node, Post>();
  for (const { uses } of starts) for (const use of uses) if (calls(use, 'postMessage')) posts.set(use.node, use);
  for (const node of module.calls) {
    if (!ts.isPropertyAccessExpression(node.expression)) continue;
    const { name, expression } = node.expression;
    if (name.text === 'postMessage' && isPort(module, expression)) posts.set(node, { args: node.arguments });
  }
  return [...posts.values()];
}
