// queue.join() that waits for a task_done() which nobody calls.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import {
  around,
  bodyOf,
  childrenOf,
  functionAround,
  isLoop,
  isWithin,
  nearest,
  ownNodes,
  type Node,
} from '../../source/syntax';
import { isShared, methodCall, QUEUES, thingOf } from '../../source/things';
import type { Binding } from '../../source/scopes';
import { finallyOf, tryBodyOf } from '../../source/functions';
import { finding, type Check } from '../check';

export const queueNeverDone: Check = function* ({ module }) {
  const joins = new Map<Binding, Node>();
  for (const call of module.calls) {
    const method = methodCall(module, call);
    const queue = method?.name === 'join' ? thingOf(module, method.object, QUEUES) : undefined;
    if (queue && !isShared(module, queue)) joins.set(queue, call);
  }
  for (const [queue, join] of joins) {
    const [gets, dones] = [callsOn(module, queue, /^get(_nowait)?$/), callsOn(module, queue, /^task_done$/)];
    if (gets.length === 0) continue; // who takes the items is not seen
    if (dones.length === 0) {
      yield finding('queue-never-done', join, t('Nobody calls task_done() on this queue, so join() never returns.'));
      continue;
    }
    for (const get of gets) {
      const left = skipped(module, get, dones);
      if (left)
        yield finding(
          'queue-never-done',
          left,
          t('An item that comes this way is never reported by task_done(), so join() on the queue never returns.'),
        );
    }
  }
};

const callsOn = (module: Module, queue: Binding, name: RegExp): Node[] =>
  queue.uses.flatMap((use) => {
    const call = use.parent?.parent;
    const method = call?.type === 'CallExpression' ? methodCall(module, call) : undefined;
    return method?.object === use && name.test(method.name) ? [call!] : [];
  });

/** A `continue` or a handler between get() and task_done() in the loop of a reader. */
function skipped(module: Module, get: Node, dones: readonly Node[]): Node | undefined {
  const loop = nearest(get, 'WhileStatement', 'ForStatement', 'FunctionDefinition');
  const body = loop && isLoop(loop) ? bodyOf(loop) : undefined;
  if (!body) return undefined;
  const own = dones.filter((done) => isWithin(done, body) && functionAround(done) === functionAround(get));
  const isDoneBy = (node: Node): boolean => own.some((done) => isWithin(done, node));
  if (
    own.length === 0 ||
    ownNodes(body).some((one) => one.type === 'TryStatement' && finallyOf(one) && isDoneBy(finallyOf(one)!))
  )
    return undefined;
  const first = Math.min(...own.map(({ start }) => start));
  const next = ownNodes(body).find(
    (one) =>
      one.type === 'ContinueStatement' &&
      one.start > get.end &&
      one.end < first &&
      !isAfterFailedGet(one, get, body) &&
      nearest(one, 'WhileStatement', 'ForStatement') === loop,
  );
  return (
    next ??
    ownNodes(body)
      .filter(({ type }) => type === 'TryStatement')
      .map((one) => silentHandler(one, get, isDoneBy, own))
      .find(Boolean)
  );
}

/** In a handler of the `try` that takes the item: there is none. */
function isAfterFailedGet(node: Node, get: Node, body: Node): boolean {
  for (const up of around(node)) {
    if (up === body) return false;
    if (up.type === 'TryStatement' && isWithin(get, tryBodyOf(up))) return true;
  }
  return false;
}

/** `try: …; task_done()` with a handler that goes on without it. */
function silentHandler(
  statement: Node,
  get: Node,
  isDoneBy: (node: Node) => boolean,
  dones: readonly Node[],
): Node | undefined {
  const body = tryBodyOf(statement);
  const isLater = dones.some((done) => done.start > statement.end);
  if (isWithin(get, body) || !isDoneBy(body) || isLater) return undefined;
  const handlers = childrenOf(statement, 'Body').slice(1);
  const silent = handlers.find(
    (one) => !isDoneBy(one) && !ownNodes(one).some(({ type }) => /^(Raise|Return|Break)Statement$/.test(type)),
  );
  if (!silent) return undefined;
  const { children } = statement;
  return children
    .slice(0, children.indexOf(silent))
    .filter(({ type }) => type === 'except')
    .at(-1);
}
