// A Timer whose function starts the next one, for ever.
import { t } from '../../../../common/l10n';
import { around, isFunction, ownOf, siblingsOf, statementOf, type Node } from '../../source/syntax';
import { finding, type Check } from '../check';

/** Nothing in the function can leave it out, nobody can cancel it, and it is no daemon. */
export const timerRearmed: Check = function* ({ module, threads }) {
  for (const { kind, node, runs, daemon, uses, starts, escapes, bindings } of threads) {
    const [start] = starts;
    if (kind !== 'timer' || runs?.module !== module || escapes || !start || daemon === 'yes' || daemon === 'unknown')
      continue;
    if (!isIn(node, runs.node) || uses.some(({ name }) => name === 'cancel' || name === 'join')) continue;
    if (bindings.some(({ name, scope }) => !scope && !name.startsWith('_'))) continue; // others may cancel it
    if (isConditional(start, runs.node)) continue;
    yield finding(
      'timer-rearmed',
      start,
      t('Each Timer starts the next one. There is always one that keeps the process alive, so the program never ends.'),
    );
  }
};

const isIn = (node: Node, fn: Node): boolean => {
  for (const up of around(node)) if (isFunction(up)) return up === fn;
  return false;
};

/** It is in a branch, or something before it may return. */
function isConditional(start: Node, fn: Node): boolean {
  for (const up of around(start)) {
    if (up === fn) break;
    if (/^(IfStatement|WhileStatement|ForStatement|ConditionalExpression|MatchStatement)$/.test(up.type)) return true;
    if (up.type === 'TryStatement') return true;
  }
  return siblingsOf(statementOf(start)).some(
    (one) => one.start < start.start && ownOf(one, 'ReturnStatement', 'RaiseStatement').length > 0,
  );
}
