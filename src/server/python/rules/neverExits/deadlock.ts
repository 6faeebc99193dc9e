// Threads that wait for each other, or for themselves.
import { t } from '../../../../common/l10n';
import { ownCalls } from '../../source/functions';
import { isPlain, locksIn, type LockUse } from '../../source/locks';
import type { Module } from '../../source/module';
import type { Binding } from '../../source/scopes';
import {
  bodyOf,
  calleeOf,
  functionAround,
  isRepeated,
  memberOf,
  siblingsOf,
  statementOf,
  type Node,
} from '../../source/syntax';
import { environmentOf, EXECUTORS, isShared, methodCall, NO_ENVIRONMENT, QUEUES, thingOf } from '../../source/things';
import type { ThreadStart } from '../../source/threads';
import { finding, type Check, type Finding } from '../check';

export const deadlock: Check = function* (context) {
  const { module, threads } = context;
  const scopes = [module.source.root, ...module.functions];
  for (const scope of scopes) {
    const use = module.remembered('locks', scope, () => locksIn(module, scope, NO_ENVIRONMENT));
    yield* takenTwice(module, use);
    yield* waitsUnderLock(module, threads, use);
  }
  yield* oppositeOrders(module, threads);
  yield* joinedBeforeItsEnd(module, threads);
  yield* tasksThatWait(module);
};

/** A lock that its holder takes again, itself or in a function that it calls. */
function* takenTwice(module: Module, { taken, calls }: LockUse): Generator<Finding> {
  const message = t('The thread holds this lock already, and waits here for itself for ever.');
  for (const { lock, node, held } of taken)
    if (held.includes(lock) && isPlain(module, lock) && !isSignal(module, lock, node))
      yield finding('deadlock', node, message);
  for (const { call, held } of calls) {
    const fn = calledOnSelf(module, call);
    const inner =
      fn &&
      locksIn(module, fn, NO_ENVIRONMENT).taken.find(
        ({ lock, node }) =>
          held.includes(lock) &&
          isPlain(module, lock) &&
          statementOf(node).parent === bodyOf(fn) &&
          !isSignal(module, lock, node, call),
      );
    if (inner)
      yield finding(
        'deadlock',
        call,
        t('{0}() takes a lock that the thread holds here already, and waits for itself for ever.', module.nameOf(fn)),
      );
  }
}

/** A lock that others release in place of its holder is one that threads wait for each other with. */
function isSignal(module: Module, lock: Binding, ...taken: Node[]): boolean {
  const takers = taken.map(functionAround);
  const isReleased = (use: Node): boolean => module.textOf(use.parent ?? use).endsWith('.release');
  return isShared(module, lock) || lock.uses.some((use) => isReleased(use) && !takers.includes(functionAround(use)));
}

/** A function of the module, or a method of the same object. */
function calledOnSelf(module: Module, call: Node): Node | undefined {
  const callee = calleeOf(call);
  const member = memberOf(callee);
  if (member && !module.scopes.selfOf(member.object)) return undefined;
  const fn = module.functionOf(callee);
  return fn &&
    fn.type === 'FunctionDefinition' &&
    module.decoratorsOf(fn).length === 0 &&
    !module.textOf(fn).startsWith('async')
    ? fn
    : undefined;
}

/** `join()` of a thread, or of a queue, that cannot go on without a lock which is held meanwhile. */
function* waitsUnderLock(module: Module, threads: readonly ThreadStart[], { calls }: LockUse): Generator<Finding> {
  for (const { call, held } of calls) {
    const method = methodCall(module, call);
    const { positional, keywords } = module.argumentsOf(call);
    if (method?.name !== 'join' || positional.length > 0 || keywords.size > 0) continue;
    const thread = threads.find(({ uses }) => uses.some((use) => use.call === call));
    if (thread?.runs?.module === module && takes(module, thread, held)) {
      yield finding(
        'deadlock',
        call,
        t('The thread that is waited for takes a lock that is held here, so neither can go on.'),
      );
    }
    const queue = thingOf(module, method.object, QUEUES);
    const reader =
      queue &&
      threads.find(
        (one) => one.runs?.module === module && reads(module, one.runs.node, queue) && takes(module, one, held),
      );
    if (reader)
      yield finding(
        'deadlock',
        call,
        t('The reader of this queue takes a lock that is held here, so neither can go on.'),
      );
  }
}

const takes = (module: Module, thread: ThreadStart, held: readonly Binding[]): boolean =>
  locksIn(module, thread.runs!.node, environmentOf(module, thread)).taken.some(({ lock }) => held.includes(lock));

const reads = (module: Module, fn: Node, queue: Binding): boolean =>
  ownCalls(module, fn).some((call) => {
    const method = methodCall(module, call);
    return method?.name === 'get' && module.scopes.of(method.object) === queue;
  });

/** Two threads that take two locks one after the other, each in another order. */
function* oppositeOrders(module: Module, threads: readonly ThreadStart[]): Generator<Finding> {
  const orders = threads.flatMap((thread) => {
    const { runs } = thread;
    if (runs?.module !== module) return [];
    return locksIn(module, runs.node, environmentOf(module, thread)).taken.flatMap(({ lock, node, held }) =>
      held.filter((one) => one !== lock).map((first) => ({ thread, first, second: lock, node, held })),
    );
  });
  const seen = new Set<Node>();
  for (const [i, one] of orders.entries()) {
    const other = orders
      .slice(i + 1)
      .find(
        ({ thread, first, second, held }) =>
          thread !== one.thread &&
          first === one.second &&
          second === one.first &&
          !held.some((gate) => gate !== first && one.held.includes(gate)),
      );
    if (!other || seen.has(one.node)) continue;
    seen.add(one.node);
    yield finding(
      'deadlock',
      one.node,
      t('Another thread takes these two locks in the opposite order. When each has one, both wait for ever.'),
    );
  }
}

/** A thread is waited for that ends when it gets an item, which main would give it only after that. */
function* joinedBeforeItsEnd(module: Module, threads: readonly ThreadStart[]): Generator<Finding> {
  for (const { runs, uses, isOfSeveral } of threads) {
    const join = uses.find(({ name }) => name === 'join')?.call;
    if (
      runs?.module !== module ||
      isOfSeveral ||
      !join ||
      module.argumentsOf(join).positional.length + module.argumentsOf(join).keywords.size > 0
    )
      continue;
    const queues = new Set(
      ownCalls(module, runs.node).flatMap((call) => {
        const method = methodCall(module, call);
        return (method?.name === 'get' && thingOf(module, method.object, QUEUES)) || [];
      }),
    );
    for (const queue of queues) {
      const ends = module.calls.filter((call) => isEndOf(module, call, queue));
      const statement = statementOf(join);
      const isAfter = ends.every(
        (end) =>
          functionAround(end) === functionAround(join) &&
          siblingsOf(statement).some((one) => one.start > statement.start && one === statementOf(end)),
      );
      if (ends.length === 0 || !isAfter || !endsByNone(module, runs.node)) continue;
      yield finding(
        'deadlock',
        join,
        t('This thread ends when it gets the last item, which is put only after this join(). So join() never returns.'),
      );
    }
  }
}

/** `queue.put(None)` */
const isEndOf = (module: Module, call: Node, queue: Binding): boolean => {
  const method = methodCall(module, call);
  return (
    method?.name === 'put' &&
    module.scopes.of(method.object) === queue &&
    module.argumentsOf(call).positional[0]?.type === 'None'
  );
};

/** It leaves its loop at None, and in no other way. */
const endsByNone = (module: Module, fn: Node): boolean => {
  const text = module.textOf(fn);
  const ways = text.match(/\b(return|break|raise)\b/g) ?? [];
  return /while (True|1):/.test(text) && ways.length === 1 && /if \w+ is None:\s+(return|break)\b/.test(text);
};

/** Tasks that wait for other tasks of the same executor: when all its threads do, nobody is left for those. */
function* tasksThatWait(module: Module): Generator<Finding> {
  for (const outer of submits(module)) {
    const { positional } = module.argumentsOf(outer.call);
    const fn = positional[0] && module.functionOf(positional[0]);
    if (!fn || !(isRepeated(outer.call) || hasOneThread(module, outer.pool))) continue;
    const inner = submits(module).find(
      ({ call, pool }) => pool === outer.pool && functionAround(call) === fn && isAwaited(module, call),
    );
    if (inner)
      yield finding(
        'deadlock',
        inner.call,
        t(
          'This task waits for another task of the same executor. When all its threads wait so, none is left to do it.',
        ),
      );
  }
}

const submits = (module: Module): { call: Node; pool: Binding }[] =>
  module.calls.flatMap((call) => {
    const method = methodCall(module, call);
    const pool = method?.name === 'submit' ? thingOf(module, method.object, EXECUTORS) : undefined;
    return pool ? [{ call, pool }] : [];
  });

const hasOneThread = (module: Module, pool: Binding): boolean => {
  const made = pool.definitions.find(({ value }) => value)?.value;
  if (!made) return false;
  const { positional, keywords } = module.argumentsOf(made);
  const most = positional[0] ?? keywords.get('max_workers');
  return most !== undefined && module.textOf(most) === '1';
};

/** `.result()` at once. */
const isAwaited = (module: Module, call: Node): boolean => {
  const member = call.parent && memberOf(call.parent);
  return (
    member?.object === call &&
    module.textOf(member.name) === 'result' &&
    module.argumentsOf(call.parent!.parent!).positional.length === 0
  );
};
