// Messages that are posted without an end.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { calls, listensTo, listensToUnknown } from '../../source/order';
import { functionOf } from '../../source/syntax';
import { isEndless } from '../../source/worker/loops';
import { finding, type Check } from '../check';

/** Endless messages, and nobody listens for answers. */
export const messageBacklog: Check = function* ({ module, starts }) {
  for (const { uses, escapes } of starts) {
    if (escapes || uses.some((use) => listensTo(use, 'message') || listensToUnknown(use))) continue;
    for (const use of uses) {
      if (!calls(use, 'postMessage') || !isWithoutEnd(module, use.node)) continue;
      yield finding(
        'message-backlog',
        use.node,
        t('Messages are posted here endlessly without waiting for answers, so the queue may grow without limit.'),
      );
    }
  }
};

/** Whether it runs in a loop inside a timer, or in an endless loop that waits for nothing. */
function isWithoutEnd(module: Module, node: ts.Node): boolean {
  const fn = functionOf(node);
  const call = fn.parent as ts.Node | undefined;
  const inTimer = call !== undefined && ts.isCallExpression(call) && module.isGlobal(call.expression, 'setInterval');
  for (let up = node.parent; up !== fn; up = up.parent) {
    if (inTimer && ts.isIterationStatement(up, false)) return true;
    if (isEndless(up) && !hasAwait(up)) return true;
  }
  return false;
}

const hasAwait = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node) ||
  ts.isReturnStatement(node) ||
  ts.isBreakStatement(node) ||
  (ts.forEachChild(node, hasAwait) ?? false);
