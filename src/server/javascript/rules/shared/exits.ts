// Calls of process.exit(), and which workers are alive there. Pure.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce, handlerAround, inSameFunction, isWithin, listensTo } from '../../source/order';
import type { Start } from '../../source/starts';
import { functionOf, someOwn } from '../../source/syntax';
import type { Fix, RuleContext } from '../check';
import { SIGNAL } from './processMethod';
import { waitsFirst } from './waits';

export const exitsOf = ({ module }: RuleContext): ts.CallExpression[] =>
  module.calls.filter(({ expression }) => module.isProcess(expression, 'exit'));

/** Workers that are alive at an exit. */
export const liveAt = (context: RuleContext, exit: ts.CallExpression): Start[] =>
  context.starts.filter((start) => isLiveAt(context, start, exit));

/** To exit when the one live worker has ended, where it was started in the same turn and ends by itself. */
export function afterEnds(context: RuleContext, live: readonly Start[], exit: ts.CallExpression): { fix?: Fix } {
  const [start, ...others] = live;
  if (!start || others.length > 0 || !context.workerOf(start)?.endsByItself()) return {};
  if (!followsAtOnce(start.call ?? start.node, exit)) return {};
  const fix = waitsFirst({ module: context.module, start, event: 'exit' }, exit, t('Wait for its "exit" event first'));
  return fix ? { fix } : {};
}

/**
 * Started in the same function, or around the timer or the handler of a signal that exits, with nothing awaited between, and
 * never ended by anyone.
 */
export function isLiveAt(context: RuleContext, start: Start, exit: ts.CallExpression): boolean {
  const { uses, node, call, escapes } = start;
  const begun = call ?? node;
  if (escapes || uses.some((use) => calls(use, 'terminate') || listensTo(use, 'exit'))) return false;
  if (handlerAround(exit, uses, 'message', 'exit', 'error')) return false;
  if (!context.workerOf(start)?.ownWork) return false;
  const timer = timerAround(context, exit);
  if (timer) return inSameFunction(begun, timer) && begun.getStart() < timer.getStart();
  const signal = signalAround(context, exit);
  if (signal) return inSameFunction(begun, signal) && !uses.some((use) => isWithin(use.node, signal));
  return followsAtOnce(begun, exit);
}

/** `process.on('SIGTERM', () => process.exit())`: the call of `on`, of a handler that waits for nothing. */
function signalAround({ module }: RuleContext, exit: ts.CallExpression): ts.CallExpression | undefined {
  const fn = functionOf(exit);
  const call = fn.parent as ts.Node | undefined;
  if (!call || !ts.isCallExpression(call) || call.arguments[1] !== fn) return undefined;
  const [event] = call.arguments;
  const isSignal = event && ts.isStringLiteralLike(event) && SIGNAL.test(event.text);
  const listens = module.isProcess(call.expression, 'on') || module.isProcess(call.expression, 'once');
  return isSignal && listens && !someOwn(fn, ts.isAwaitExpression) ? call : undefined;
}

/** `setTimeout(() => process.exit(), …)`: the call of setTimeout. */
function timerAround({ module }: RuleContext, exit: ts.CallExpression): ts.CallExpression | undefined {
  const fn = functionOf(exit);
  const call = fn.parent as ts.Node | undefined;
  if (!call || !ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
  return module.isGlobal(call.expression, 'setTimeout') ? call : undefined;
}
