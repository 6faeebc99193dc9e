// Workers that are ended in the middle of what they were given to do.
import ts from 'typescript';
import { t } from '../../common/l10n';
import { calls, followsAtOnce, handlerAround, inSameFunction, isDropped, isWithin, listensTo } from '../source/order';
import { report, type Check, type Fix, type Source } from '../source/report';
import { sideOf } from '../source/side';
import type { Start } from '../source/starts';
import { functionOf, someOwn } from '../source/syntax';

/** `terminate()` right after `postMessage()`: nobody waits for what was posted. */
export const terminateAfterPost: Check = function* ({ starts }) {
  for (const { uses } of starts) {
    for (const use of uses) {
      if (!calls(use, 'terminate')) continue;
      if (!uses.some((other) => calls(other, 'postMessage') && followsAtOnce(other.node, use.node))) continue;
      yield report(
        'terminate-after-post',
        use.node,
        t('terminate() stops the worker before it can take what was just posted.'),
      );
    }
  }
};

/** `process.exit()` right after `postMessage()`. */
export const unreadMessages: Check = function* (source) {
  const exits = exitsOf(source);
  for (const { uses } of source.starts) {
    for (const use of uses) {
      if (!calls(use, 'postMessage') || !exits.some((exit) => followsAtOnce(use.node, exit))) continue;
      yield report('unread-messages', use.node, t('process.exit() comes before the worker can take this message.'));
    }
  }
};

/** `process.exit()` where a worker with work of its own was started before, and nothing has ended it. */
export const exitWithLiveWorkers: Check = function* (source) {
  for (const exit of exitsOf(source)) {
    if (isInWorker(source, exit)) continue;
    const live = source.starts.find((start) => isLiveAt(source, start, exit));
    if (live)
      yield report('exit-with-live-workers', exit, t('process.exit() kills a worker that still has work of its own.'));
  }
  yield* unseenEnds(source);
};

/** `terminate()` that nobody waits for, and `process.exit()` in the same turn: whoever listens for the end never hears of it. */
function* unseenEnds(source: Source): ReturnType<Check> {
  const exits = exitsOf(source);
  for (const { uses } of source.starts) {
    if (!uses.some((use) => listensTo(use, 'exit'))) continue;
    for (const use of uses) {
      if (!calls(use, 'terminate') || !isDropped(use.node)) continue;
      const exit = exits.find((one) => followsAtOnce(use.node, one));
      if (!exit) continue;
      const text = t(
        'terminate() is not awaited: process.exit() comes first, and no listener hears that the worker ended.',
      );
      const fix = awaited(source, use.node);
      yield report('exit-with-live-workers', exit, text, fix ? { fix } : {});
    }
  }
}

/** Only where that can be awaited. */
function awaited({ module }: Source, call: ts.Node): Fix | undefined {
  const fn = functionOf(call);
  const canWait = ts.isSourceFile(fn)
    ? module.tree.statements.some(ts.isImportDeclaration)
    : (ts.getCombinedModifierFlags(fn as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
  if (!canWait || !ts.isExpressionStatement(call.parent)) return undefined;
  const start = call.getStart();
  return { title: t('Await terminate()'), edits: [{ start, end: start, text: 'await ' }] };
}

/** A worker that exits while workers of its own have work. */
export const lostWithOwner: Check = function* (source) {
  const exits = exitsOf(source).filter((exit) => isInWorker(source, exit));
  for (const start of source.starts) {
    if (!isInWorker(source, start.node) || !exits.some((exit) => isLiveAt(source, start, exit))) continue;
    yield report(
      'lost-with-owner',
      start.node,
      t('process.exit() in the worker that starts this one kills it in the middle of what it does.'),
    );
  }
};

const isInWorker = ({ module, isWorker }: Source, node: ts.Node): boolean => {
  const side = sideOf(module, node);
  return side === 'worker' || (side === 'any' && isWorker);
};

const exitsOf = ({ module }: Source): ts.CallExpression[] =>
  module.calls.filter(({ expression }) => module.isProcess(expression, 'exit'));

/**
 * Started in the same function, or around the timer or the handler of a signal that exits, with nothing awaited between, and
 * never ended by anyone.
 */
function isLiveAt(source: Source, start: Start, exit: ts.CallExpression): boolean {
  const { uses, node, call, escapes } = start;
  const begun = call ?? node;
  if (escapes || uses.some((use) => calls(use, 'terminate') || listensTo(use, 'exit'))) return false;
  if (handlerAround(exit, uses, 'message', 'exit', 'error')) return false;
  if (!source.workerOf(start)?.ownWork) return false;
  const timer = timerAround(source, exit);
  if (timer) return inSameFunction(begun, timer) && begun.getStart() < timer.getStart();
  const signal = signalAround(source, exit);
  if (signal) return inSameFunction(begun, signal) && !uses.some((use) => isWithin(use.node, signal));
  return followsAtOnce(begun, exit);
}

/** `process.on('SIGTERM', () => process.exit())`: the call of `on`, of a handler that waits for nothing. */
function signalAround({ module }: Source, exit: ts.CallExpression): ts.CallExpression | undefined {
  const fn = functionOf(exit);
  const call = fn.parent as ts.Node | undefined;
  if (!call || !ts.isCallExpression(call) || call.arguments[1] !== fn) return undefined;
  const [event] = call.arguments;
  const isSignal = event && ts.isStringLiteralLike(event) && /^SIG[A-Z0-9]+$/.test(event.text);
  const listens = module.isProcess(call.expression, 'on') || module.isProcess(call.expression, 'once');
  return isSignal && listens && !someOwn(fn, ts.isAwaitExpression) ? call : undefined;
}

/** `setTimeout(() => process.exit(), …)`: the call of setTimeout. */
function timerAround({ module }: Source, exit: ts.CallExpression): ts.CallExpression | undefined {
  const fn = functionOf(exit);
  const call = fn.parent as ts.Node | undefined;
  if (!call || !ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
  return module.isGlobal(call.expression, 'setTimeout') ? call : undefined;
}
