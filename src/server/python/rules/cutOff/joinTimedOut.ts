// A join() with a time limit, after which nobody asks whether the thread has ended.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { endlessLoopOf, ownCalls, opensToWrite } from '../../source/functions';
import type { Module } from '../../source/module';
import { functionAround, isRepeated, ownNodes, type Node } from '../../source/syntax';
import { isOutOfSight, type ThreadStart } from '../../source/threads';
import { finding, type Check } from '../check';
import { instead } from '../shared/edits';

/**
 * A daemon that works through something and writes files, is started and waited for in one function, and is given no sign to
 * end earlier: what it has not done by then is left undone.
 */
export const joinTimedOut: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const { runs, uses, node } = thread;
    if (!runs || runs.module !== module || isOutOfSight(module, thread) || thread.isOfSeveral) continue;
    if (fateOf(module, thread).fate !== 'daemon' || uses.some(({ name }) => name === 'is_alive')) continue;
    const joins = uses.filter(({ name }) => name === 'join');
    const [join] = joins;
    if (
      joins.length !== 1 ||
      !join?.call ||
      isRepeated(join.call) ||
      functionAround(join.call) !== functionAround(node)
    )
      continue;
    const { positional, keywords } = module.argumentsOf(join.call);
    const limit = positional[0] ?? keywords.get('timeout');
    if (limit?.type !== 'Number' || !isFinite(module, runs.node) || shares(module, thread)) continue;
    const message = t(
      'join() returns after the time limit whether the thread has ended or not. Nobody asks, and then the daemon is killed with the process.',
    );
    const list = join.call.children.at(-1)!;
    const fix = { title: t('Wait without a time limit'), edits: [instead(list, '()')] };
    yield finding('join-timed-out', join.call, message, { fix });
  }
};

/** It ends by itself, after some rounds of work on files. */
const isFinite = (module: Module, fn: Node): boolean =>
  endlessLoopOf(module, fn) === undefined &&
  !ownNodes(fn).some(({ type }) => type === 'WhileStatement') &&
  ownCalls(module, fn).some((call) => opensToWrite(module, call) && isRepeated(call));

/** It looks at something that others may use to end it: a name that is no module, function, class or built-in. */
const shares = (module: Module, { runs, args }: ThreadStart): boolean =>
  args !== undefined ||
  ownNodes(runs!.node).some((node) => {
    if (node.type !== 'VariableName') return false;
    const binding = module.scopes.of(node);
    return (
      binding !== undefined &&
      binding.scope !== runs!.node &&
      binding.definitions.some(({ kind }) => kind === 'value' || kind === 'other')
    );
  });
