// Work that is meant for a thread, and is done by the one that makes or calls it.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { bare, calleeOf, ownOf, type Node } from '../../source/syntax';
import { isOutOfSight, type ThreadStart } from '../../source/threads';
import { finding, type Check } from '../check';
import { instead } from '../shared/edits';

export const ranInCaller: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const called = calledTarget(module, thread);
    if (called) {
      const isBare =
        module.argumentsOf(called).positional.length === 0 && module.argumentsOf(called).keywords.size === 0;
      const fix = {
        title: t('Pass the function itself'),
        edits: [{ start: calleeOf(called).end, end: called.end, text: '' }],
      };
      yield finding(
        'ran-in-caller',
        called,
        t(
          'This calls {0}() at once. The thread gets what it returns, which is nothing, and does nothing.',
          module.textOf(calleeOf(called)),
        ),
        isBare ? { fix } : {},
      );
    }
    yield* runs(module, thread);
  }
};

/** `target=work()`, of a function that returns nothing. */
function calledTarget(module: Module, { named, owner }: ThreadStart): Node | undefined {
  const call = named && bare(named);
  if (owner || call?.type !== 'CallExpression') return undefined;
  const fn = module.functionOf(calleeOf(call));
  if (fn?.type !== 'FunctionDefinition' || module.decoratorsOf(fn).length > 0 || module.textOf(fn).startsWith('async'))
    return undefined;
  const gives =
    ownOf(fn, 'ReturnStatement').some(({ children }) => children.length > 1) ||
    ownOf(fn, 'YieldStatement', 'YieldExpression').length > 0;
  return gives ? undefined : call;
}

/** `x.run()` of a thread that nobody starts. */
function* runs(module: Module, thread: ThreadStart): ReturnType<Check> {
  const { uses, starts } = thread;
  if (starts.length > 0 || isOutOfSight(module, thread)) return;
  for (const { name, node, call } of uses) {
    const property = node.children.at(-1)!;
    if (name === 'run' && call)
      yield finding('ran-in-caller', call, t('run() does the work here, in the thread that calls it.'), {
        fix: { title: t('Call start() instead'), edits: [instead(property, 'start')] },
      });
  }
}
