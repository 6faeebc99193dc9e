// A task of a pool that nobody waits for.
import { t } from '../../../../common/l10n';
import { follow } from '../../source/flow';
import { libraryOf, namesLibraries } from '../../source/libraries';
import { calls, followsAtOnce, isDropped } from '../../source/order';
import { finding, type Check } from '../check';
import { exitsOf } from '../shared/exits';

export const taskCutOff: Check = function* (context) {
  const { module } = context;
  if (!namesLibraries(module)) return;
  const exits = exitsOf(context);
  for (const made of [...module.news, ...module.calls]) {
    const pool = libraryOf(module, made);
    if (!pool || pool.tasks.length === 0) continue;
    const { uses } = follow(module, made);
    const isAwaited = !pool.daemons || uses.some((use) => calls(use, ...pool.ends));
    for (const use of uses) {
      if (!calls(use, ...pool.tasks)) continue;
      if (exits.some((exit) => followsAtOnce(use.node, exit)))
        yield finding('task-cut-off', use.node, t('process.exit() runs before this task is done.'));
      else if (!isAwaited && isDropped(use.node))
        yield finding(
          'task-cut-off',
          use.node,
          t('Nobody waits for this task. The threads of this pool are daemons, so it is cut off when main finishes.'),
        );
    }
  }
};
