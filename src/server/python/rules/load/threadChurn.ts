// Threads that are started by the hundred, or one after the other.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import {
  around,
  childOf,
  isFunction,
  isLoop,
  nearest,
  ownOf,
  siblingsOf,
  statementOf,
  type Node,
} from '../../source/syntax';
import { startOf } from '../../source/threads';
import { finding, type Check } from '../check';

/** From here on an executor would do the same with less. */
const MANY = 100;

export const threadChurn: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const [start] = thread.starts;
    if (!start || thread.escapes || thread.starts.length > 1) continue;
    if (roundsAround(module, start, thread.node) >= MANY)
      yield finding('thread-churn', startOf(thread), t('This loop starts a thread for each of its many rounds.'));
    else if (isOneByOne(start, thread.uses.find(({ name, call }) => name === 'join' && call)?.call, thread.node))
      yield finding(
        'thread-churn',
        startOf(thread),
        t('Each round of this loop starts a thread and waits for it at once: nothing runs at the same time.'),
      );
  }
};

/** Of `for … in range(200)` around both, which nothing leaves early. */
function roundsAround(module: Module, start: Node, made: Node): number {
  for (const up of around(start)) {
    if (isFunction(up)) return 0;
    if (up.type !== 'ForStatement' || nearest(made, 'ForStatement') !== up) continue;
    const { children } = up;
    const range = children[children.findIndex(({ type }) => type === 'in') + 1];
    const [first, second] = range && module.isCallOf(range, 'range') ? module.argumentsOf(range).positional : [];
    if (!first || ownOf(up, 'BreakStatement', 'ReturnStatement').length > 0) return 0;
    return second ? numberOf(module, second) - numberOf(module, first) : numberOf(module, first);
  }
  return 0;
}

/** Not a number: not known. */
const numberOf = (module: Module, node: Node): number =>
  Number(module.textOf(module.valueOf(node)).replaceAll('_', ''));

/** start() and join() are statements side by side in the loop that makes the thread. */
function isOneByOne(start: Node, join: Node | undefined, made: Node): boolean {
  const loop = nearest(start, 'ForStatement', 'WhileStatement', 'FunctionDefinition');
  if (!join || !loop || !isLoop(loop) || nearest(made, 'ForStatement', 'WhileStatement', 'FunctionDefinition') !== loop)
    return false;
  if (childOf(join.children.at(-1)!, 'Number', 'VariableName')) return false;
  const list = siblingsOf(statementOf(start));
  return statementOf(start).parent?.parent === loop && list[list.indexOf(statementOf(start)) + 1] === statementOf(join);
}
