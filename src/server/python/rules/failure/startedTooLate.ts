// Threads and tasks that are started in exit handlers.
import { t } from '../../../../common/l10n';
import { ownCalls } from '../../source/functions';
import type { Module } from '../../source/module';
import { functionAround, isWithin, type Node } from '../../source/syntax';
import { EXECUTORS, methodCall, thingOf } from '../../source/things';
import { startOf } from '../../source/threads';
import { finding, type Check } from '../check';

export const startedTooLate: Check = function* ({ module, threads }) {
  for (const handler of handlersIn(module)) {
    for (const thread of threads) {
      const started = thread.starts.filter((call) => functionAround(call) === handler || isWithin(call, handler));
      if (
        started.length === 0 ||
        thread.uses.some(({ name, call }) => name === 'join' && call && isWithin(call, handler)) ||
        thread.escapes
      )
        continue;
      yield finding(
        'started-too-late',
        startOf(thread),
        t(
          'An exit handler starts this thread. Up to Python 3.14 nobody waits for it any more, and some versions refuse to start it.',
        ),
      );
    }
    for (const call of ownCalls(module, handler)) {
      const method = methodCall(module, call);
      if (!method || !/^(submit|map)$/.test(method.name)) continue;
      const pool = thingOf(module, method.object, EXECUTORS);
      // One that is made in the handler takes tasks no more than any other.
      if (pool)
        yield finding(
          'started-too-late',
          call,
          t(
            'An exit handler gives the executor a task. Since Python 3.9 it takes none any more then, and raises RuntimeError.',
          ),
        );
    }
  }
};

/** Functions that `atexit.register()` is given. */
function handlersIn(module: Module): Set<Node> {
  const given = module.calls.flatMap((call) => {
    const [first] = module.isCallOf(call, 'atexit.register') ? module.argumentsOf(call).positional : [];
    return (first && module.functionOf(first)) ?? [];
  });
  const decorated = module.functions.filter((fn) => module.decoratorsOf(fn).includes('atexit.register'));
  return new Set([...given, ...decorated]);
}
