// Workers that are killed because the worker that started them exits.
import { t } from '../../../../common/l10n';
import { finding, type Check } from '../check';
import { afterEnds, exitsOf, isLiveAt } from '../shared/exits';
import { isInWorker } from '../shared/inWorker';

/** A worker that exits while workers of its own have work. */
export const lostWithOwner: Check = function* (context) {
  const exits = exitsOf(context).filter((exit) => isInWorker(context, exit));
  for (const start of context.starts) {
    const exit = isInWorker(context, start.node) && exits.find((one) => isLiveAt(context, start, one));
    if (!exit) continue;
    yield finding(
      'lost-with-owner',
      start.node,
      t('process.exit() in the worker that starts this one kills it, whatever it is doing.'),
      afterEnds(context, [start], exit),
    );
  }
};
