// Threads and tasks that wait for ever for something that nobody can give them any more, and keep the process alive.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { endlessLoopOf } from '../../source/functions';
import type { Module } from '../../source/module';
import { memberOf, ownOf, type Node } from '../../source/syntax';
import {
  environmentOf,
  EVENTS,
  EXECUTORS,
  isShared,
  methodCall,
  NO_ENVIRONMENT,
  QUEUES,
  thingOf,
  type Environment,
} from '../../source/things';
import { isOutOfSight, isWaitedFor, startOf } from '../../source/threads';
import { finding, type Check, type Fix } from '../check';
import { tellToEnd } from '../shared/tellToEnd';

/** Its loop has no way out and takes items of a queue, or waits for an Event, that this module alone has. */
export const heldByThread: Check = function* ({ module, threads }) {
  if (module.calls.some((call) => /^os\.(_exit|kill|abort)$/.test(module.qualified(call.children[0]!) ?? ''))) return;
  const message = t(
    'Nothing ends this loop, and the process waits for it: when main is done, the program does not end.',
  );
  for (const thread of threads) {
    const { runs, starts } = thread;
    if (runs?.module !== module || starts.length === 0 || fateOf(module, thread).fate !== 'keeps-alive') continue;
    const environment = environmentOf(module, thread);
    if (!waitsForEver(module, runs.node, environment)) continue;
    const isTold = !isWaitedFor(thread) && !isOutOfSight(module, thread);
    const edits = isTold ? tellToEnd(module, runs.node, startOf(thread), environment) : undefined;
    yield finding('held-by-thread', startOf(thread), message, fixOf(edits));
  }
  for (const call of module.calls) {
    const task = taskOf(module, call);
    if (!task || !waitsForEver(module, task, NO_ENVIRONMENT)) continue;
    const edits = isLeftAlone(module, call) ? tellToEnd(module, task, call, NO_ENVIRONMENT) : undefined;
    yield finding('held-by-thread', call, message, fixOf(edits));
  }
};

const fixOf = (edits: Fix['edits'] | undefined): { fix?: Fix } =>
  edits ? { fix: { title: t('Tell it to end when main is done'), edits } } : {};

/** Main gives its executor tasks, and neither asks for this one nor shuts it down. */
function isLeftAlone(module: Module, call: Node): boolean {
  const pool = module.scopes.of(methodCall(module, call)!.object);
  return (
    call.parent?.type === 'ExpressionStatement' &&
    pool?.definitions.every(({ kind }) => kind === 'value') === true &&
    !isShared(module, pool) &&
    pool.uses.every((use) => memberOf(use.parent!) && module.textOf(memberOf(use.parent!)!.name) === 'submit')
  );
}

/** The function of the module that an executor is given: its threads are joined at exit. */
function taskOf(module: Module, call: Node): Node | undefined {
  const method = methodCall(module, call);
  if (!method || !/^(submit|run_in_executor)$/.test(method.name)) return undefined;
  const { positional } = module.argumentsOf(call);
  if (method.name === 'submit' && thingOf(module, method.object, EXECUTORS))
    return positional[0] && module.functionOf(positional[0]);
  return method.name === 'run_in_executor' && positional[0]?.type === 'None' && positional[1]
    ? module.functionOf(positional[1])
    : undefined;
}

function waitsForEver(module: Module, fn: Node, environment: Environment): boolean {
  const loop = endlessLoopOf(module, fn);
  return (
    loop !== undefined &&
    ownOf(loop, 'CallExpression').some((call) => {
      const method = methodCall(module, call);
      const { positional, keywords } = module.argumentsOf(call);
      if (!method || positional.length > 0 || keywords.size > 0) return false;
      const thing =
        method.name === 'get'
          ? thingOf(module, method.object, QUEUES, environment)
          : method.name === 'wait'
            ? thingOf(module, method.object, EVENTS, environment)
            : undefined;
      if (!thing || isShared(module, withoutArguments(thing, environment))) return false;
      return method.name === 'get' || !thing.uses.some((use) => isSet(module, use));
    })
  );
}

/** What the thread itself was given is known. */
function withoutArguments<T extends { uses: Node[] }>(thing: T, environment: Environment): T {
  const given = new Set(environment.values());
  return { ...thing, uses: thing.uses.filter((use) => !given.has(use)) };
}

const isSet = (module: Module, use: Node): boolean =>
  use.parent?.type === 'MemberExpression' && module.textOf(use.parent).endsWith('.set');
