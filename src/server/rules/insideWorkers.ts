// What does not work in a worker, or holds it up.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../common/l10n';
import { report, type Check, type Source } from '../source/report';
import { sideOf } from '../source/side';
import { isEndless, letsTurn } from '../source/workerCode';

/** Throws ERR_WORKER_UNSUPPORTED_OPERATION. */
const UNSUPPORTED = /^(chdir|initgroups|set(e?[ug]id|groups))$/;
const SIGNAL = /^SIG[A-Z0-9]+$/;

/** Calls of `process` that throw in a worker. */
export const processOnlyApi: Check = function* (source) {
  for (const call of source.module.calls) {
    const name = processMethod(source, call);
    if (name === undefined) continue;
    const setsMask = name === 'umask' && call.arguments.length > 0;
    if ((!UNSUPPORTED.test(name) && !setsMask) || !isInWorker(source, call)) continue;
    yield report(
      'process-only-api',
      call,
      t('process.{0}() throws in a worker: only main may change what all threads share.', name),
    );
  }
};

/** Signals come to main alone. */
export const signalInWorker: Check = function* (source) {
  for (const call of source.module.calls) {
    const [event] = call.arguments;
    if (!event || !ts.isStringLiteralLike(event) || !SIGNAL.test(event.text)) continue;
    if (!/^(on|once|addListener)$/.test(processMethod(source, call) ?? '') || !isInWorker(source, call)) continue;
    yield report('signal-in-worker', call, t('A worker hears no signals: this listener is never called.'));
  }
};

/** A loop in which the event loop never turns; of a script in a string it is told at its start. */
export const unresponsiveWorker: Check = function* (source) {
  for (const start of source.starts)
    if (start.target.kind === 'code' && source.workerOf(start)?.endless)
      yield report('unresponsive-worker', start.node.arguments?.[0] ?? start.node, neverTurns());
  for (const loop of source.module.loops) {
    if (!isEndless(loop) || !isInWorker(source, loop) || letsTurn(source.module, loop)) continue;
    const keyword = loop.getChildAt(0);
    yield report('unresponsive-worker', keyword, neverTurns());
  }
};

const neverTurns = (): string =>
  t('This loop never ends and never waits: the worker hears no message, and can only be terminated.');

/** `Atomics.wait` without a time limit in main, or in a module that starts workers and is none. */
export const mainBlocked: Check = function* (source) {
  const { module } = source;
  for (const call of module.calls) {
    const callee = call.expression;
    if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'wait' || call.arguments.length !== 3) continue;
    if (!module.isGlobal(callee.expression, 'Atomics')) continue;
    if (!isInMain(source, call)) continue;
    yield report(
      'main-blocked',
      call,
      t('Main waits here without a time limit: if the worker fails, the program stands still for ever.'),
    );
  }
};

/** By its name, a file may be a worker of whoever starts it from elsewhere. */
function isInMain({ module, isWorker, starts }: Source, node: ts.Node): boolean {
  const side = sideOf(module, node);
  if (side !== 'any') return side === 'main';
  return !isWorker && starts.length > 0 && !/worker/i.test(path.basename(module.file));
}

function processMethod({ module }: Source, { expression }: ts.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression) && module.isProcess(expression, expression.name.text))
    return expression.name.text;
  const imported = module.importOf(expression);
  return imported?.module === 'process' ? imported.name : undefined;
}

const isInWorker = ({ module, isWorker }: Source, node: ts.Node): boolean => {
  const side = sideOf(module, node);
  return side === 'worker' || (side === 'any' && isWorker);
};
