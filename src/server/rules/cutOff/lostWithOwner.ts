// Workers that are killed because the worker that started them exits.
import { t } from '../../../common/l10n';
import { report, type Check } from '../../source/report';
import { exitsOf, isLiveAt } from '../shared/exits';
import { isInWorker } from '../shared/inWorker';

/** A worker that exits while workers of its own have work. */
export const lostWithOwner: Check = function* (source) {
  const exits = exitsOf(source).filter((exit) => isInWorker(source, exit));
  for (const start of source.starts) {
    if (!isInWorker(source, start.node) || !exits.some((exit) => isLiveAt(source, start, exit))) continue;
    yield report(
      'lost-with-owner',
      start.node,
      t('process.exit() in the worker that starts this one kills it, whatever it is doing.'),
    );
  }
};
