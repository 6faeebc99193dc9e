// A file that a daemon would have removed in a finally block.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { blocks, endlessLoopOf, finallyOf, opensToWrite, ownCalls, tryBodyOf } from '../../source/functions';
import type { Module } from '../../source/module';
import { calleeOf, isWithin, nearest, ownOf, type Node } from '../../source/syntax';
import { isOutOfSight, isWaitedFor, startOf } from '../../source/threads';
import { finding, type Check } from '../check';

/** The daemon makes it, waits or works for ever inside the `try`, and nobody waits for the daemon. */
export const fileLeftBehind: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const { runs } = thread;
    if (!runs || fateOf(module, thread).fate !== 'daemon' || isWaitedFor(thread) || isOutOfSight(module, thread))
      continue;
    if (!leavesBehind(runs.module, runs.node) || thread.starts.length === 0) continue;
    yield finding(
      'file-left-behind',
      startOf(thread),
      t(
        'This daemon removes its file in a “finally” block. When the process ends, it is killed, the block does not run, and the file stays.',
      ),
    );
  }
};

const leavesBehind = (module: Module, fn: Node): boolean =>
  ownOf(fn, 'TryStatement').some((statement) => {
    const [body, end] = [tryBodyOf(statement), finallyOf(statement)];
    if (!end) return false;
    const removed = ownOf(end, 'CallExpression').find(
      (call) =>
        /^os\.(remove|unlink)$/.test(module.qualified(calleeOf(call)) ?? '') &&
        nearest(call, 'IfStatement', 'TryStatement') === statement,
    );
    const file = removed && module.argumentsOf(removed).positional[0];
    if (!file) return false;
    const isMade = ownCalls(module, fn).some(
      (call) => opensToWrite(module, call) && textOfFirst(module, call) === module.textOf(file),
    );
    const endless = endlessLoopOf(module, fn);
    return (
      isMade &&
      (ownOf(body, 'CallExpression').some((call) => blocks(module, call)) ||
        (endless !== undefined && isWithin(endless, body)))
    );
  });

const textOfFirst = (module: Module, call: Node): string | undefined => {
  const [first] = module.argumentsOf(call).positional;
  return first && module.textOf(first);
};
