// Threads that are started over and over.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { calls, inSameFunction, isOnce, isWithin, listensTo } from '../../source/order';
import { executorAround, mentions } from '../../source/promises';
import type { Start } from '../../source/starts';
import { functionOf, nameOf, someOwn } from '../../source/syntax';
import { finding, type Check } from '../check';

/** A thread for each request, or for each round of a loop. */
export const threadChurn: Check = function* ({ module, starts }) {
  const seen = new Set<ts.Node>();
  for (const start of starts) {
    const { node } = start;
    if (seen.has(node)) continue;
    const sites = [node, ...callsAround(module, node)];
    if (sites.some((site) => isInRequest(module, site))) {
      yield finding('thread-churn', node, t('Each request starts a new thread.'));
    } else if (sites.some((site) => isInRound(module, start, site))) {
      yield finding('thread-churn', node, t('Each iteration of a loop starts a thread and waits for it to end.'));
    } else continue;
    seen.add(node);
  }
};

/** Uses of the name of the surrounding function. One level. */
function callsAround(module: Module, node: ts.Node): ts.Identifier[] {
  for (let fn = functionOf(node); !ts.isSourceFile(fn); fn = functionOf(fn)) {
    const name = nameOf(fn);
    if (name) return module.names.of(name)?.refs ?? [];
  }
  return [];
}

function isInRequest(module: Module, node: ts.Node): boolean {
  if (ts.isIdentifier(node) && isHandler(module, node)) return true;
  for (let fn = functionOf(node); !ts.isSourceFile(fn); fn = functionOf(fn)) if (isHandler(module, fn)) return true;
  return false;
}

/** It is a handler that is called for each request. */
function isHandler(module: Module, fn: ts.Node): boolean {
  const call = fn.parent as ts.Node | undefined;
  if (!call || !ts.isCallExpression(call) || !call.arguments.includes(fn as ts.Expression)) return false;
  const called = module.importOf(call.expression);
  const isServer = called && /^https?$|^http2$/.test(called.module) && /^create(Secure)?Server$/.test(called.name);
  return isServer === true || isRoute(call);
}

/** `app.get('/path', …, handler)`, `server.on('request', handler)`. */
function isRoute({ expression, arguments: args }: ts.CallExpression): boolean {
  const [first] = args;
  if (!ts.isPropertyAccessExpression(expression) || !first || !ts.isStringLiteralLike(first)) return false;
  if (/^(get|post|put|patch|delete|all)$/.test(expression.name.text)) return first.text.startsWith('/');
  return expression.name.text === 'on' && first.text === 'request';
}

/** Each iteration starts one and waits for it, and the loop may be long. */
function isInRound(module: Module, start: Start, site: ts.Node): boolean {
  const loop = loopAround(site);
  if (!loop || !isThroughWork(loop) || isShort(module, loop) || someOwn(loop, leaves)) return false;
  if (ts.isForOfStatement(loop) && loop.awaitModifier) return true;
  if (site === start.node) return isEndedIn(module, start, loop);
  const call = site.parent;
  return (
    ts.isCallExpression(call) && call.expression === site && ts.isAwaitExpression(call.parent) && isOver(module, start)
  );
}

function loopAround(node: ts.Node): ts.IterationStatement | undefined {
  const fn = functionOf(node);
  for (let up = node.parent; up !== fn; up = up.parent)
    if (ts.isIterationStatement(up, false) && isWithin(node, up.statement)) return up;
  return undefined;
}

const leaves = (node: ts.Node): boolean => ts.isBreakStatement(node) || ts.isReturnStatement(node);

/** The loop goes through a list or counts. Other loops restart what has ended, as supervisors do. */
function isThroughWork(loop: ts.IterationStatement): boolean {
  if (!ts.isWhileStatement(loop) && !ts.isDoStatement(loop)) return !ts.isForStatement(loop) || !!loop.condition;
  const counts = (node: ts.Node): boolean =>
    ts.isPropertyAccessExpression(node) && /^(length|size)$/.test(node.name.text);
  return counts(loop.expression) || someOwn(loop.expression, counts);
}

/** It goes through a literal list, or counts to a number. */
function isShort(module: Module, loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop)) return ts.isArrayLiteralExpression(module.literalOf(loop.expression));
  const { condition } = loop as { condition?: ts.Expression };
  return (
    condition !== undefined &&
    ts.isBinaryExpression(condition) &&
    ts.isNumericLiteral(module.literalOf(condition.right))
  );
}

/** `await once(worker, 'exit')`, `await worker.terminate()` in the same loop. */
const isEndedIn = (module: Module, { uses, node }: Start, loop: ts.IterationStatement): boolean =>
  uses.some(
    (use) =>
      isWithin(use.node, loop) &&
      inSameFunction(use.node, node) &&
      ts.isAwaitExpression(use.node.parent) &&
      (calls(use, 'terminate') || (listensTo(use, 'exit') && isOnce(module, use))),
  );

/** The promise of its function settles when the worker ends, or the function ends the worker. */
const isOver = (module: Module, { uses }: Start): boolean =>
  uses.some((use) => {
    if (calls(use, 'terminate')) return true;
    if (!listensTo(use, 'exit')) return false;
    if (isOnce(module, use)) return true;
    const executor = executorAround(module, use.node);
    return executor !== undefined && use.args.some((argument) => mentions(argument, executor.parameters[0]));
  });
