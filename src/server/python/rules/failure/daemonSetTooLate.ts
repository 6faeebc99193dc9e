// A thread that is made a daemon after its start, which raises RuntimeError.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { functionAround, siblingsOf, statementOf, type Node } from '../../source/syntax';
import { setsDaemon } from '../../source/threads';
import type { Use } from '../../source/flow';
import { finding, type Check, type Fix } from '../check';
import { lineBefore, without } from '../shared/edits';

/** It follows the start in the same list of statements, or in one within. */
export const daemonSetTooLate: Check = function* ({ module, threads }) {
  for (const { uses, isOfSeveral, bindings } of threads) {
    if (isOfSeveral || bindings.some(({ definitions }) => definitions.length > 1)) continue;
    for (const use of uses.filter(setsDaemon)) {
      const start = uses.find(({ name, call }) => name === 'start' && call && isBefore(call, use.node))?.call;
      if (!start) continue;
      yield finding(
        'daemon-set-too-late',
        use.node,
        t(
          'The thread has been started before. This raises RuntimeError, and the thread goes on keeping the process alive.',
        ),
        fixOf(module, start, use),
      );
    }
  }
};

/** The first surely runs before the second does: it is a statement of the same list, or of one around it. */
function isBefore(first: Node, second: Node): boolean {
  if (functionAround(first) !== functionAround(second) || first.start > second.start) return false;
  const statement = statementOf(first);
  if (statement.children[0] !== first) return false;
  return siblingsOf(statement).some(
    (one) => one.start > statement.start && second.start >= one.start && second.end <= one.end,
  );
}

function fixOf(module: Module, start: Node, use: Use): { fix?: Fix } {
  const [started, set] = [statementOf(start), statementOf(use.node)];
  const removed = siblingsOf(started).includes(set) && without(module, set);
  if (!removed) return {};
  return {
    fix: { title: t('Set it before start()'), edits: [lineBefore(module, started, module.textOf(set)), removed] },
  };
}
