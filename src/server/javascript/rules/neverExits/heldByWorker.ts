// Workers and pools that keep the process alive forever.
import { t } from '../../../../common/l10n';
import { follow } from '../../source/flow';
import { libraryOf, namesLibraries } from '../../source/libraries';
import { calls } from '../../source/order';
import { finding, type Check, type RuleContext } from '../check';
import { isInWorker } from '../shared/inWorker';
import { hasOwnReason } from '../shared/ownReason';
import { unrefdLast } from '../shared/unrefs';

/** Nothing in the module ends it. What a worker starts holds that worker, which others may end. */
export const heldByWorker: Check = function* (context) {
  if (hasOwnReason(context)) return;
  for (const start of context.starts) {
    if (start.escapes || isInWorker(context, start.node) || !context.workerOf(start)?.listensForever) continue;
    if (start.uses.some((use) => calls(use, 'terminate', 'unref') || use.kind === 'get')) continue;
    if (start.uses.some((use) => calls(use, 'postMessage'))) continue; // it may be asked to end
    yield finding(
      'held-by-worker',
      start.node,
      t('This worker waits for messages that nobody sends, so it keeps the process alive forever.'),
      unrefdLast(start.call ?? start.node, start.uses),
    );
  }
  yield* heldByPool(context);
};

function* heldByPool({ module }: RuleContext): ReturnType<Check> {
  if (!namesLibraries(module)) return;
  for (const node of [...module.news, ...module.calls]) {
    const pool = libraryOf(module, node);
    if (!pool || pool.daemons || pool.ends.length === 0) continue;
    const { uses, escapes, calls: given } = follow(module, node);
    if (escapes || given.length > 0 || uses.length === 0) continue;
    if (uses.some((use) => use.kind !== 'call' || pool.ends.includes(use.name) || use.name === 'unref')) continue;
    const message = t(
      'The threads of this pool keep the process alive until {0}() is called, and nothing here calls it.',
      pool.ends[0]!,
    );
    yield finding('held-by-worker', node, message);
  }
}
