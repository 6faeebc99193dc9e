// Messages that process.exit() overtakes.
import { t } from '../../../common/l10n';
import { calls, followsAtOnce } from '../../source/order';
import { report, type Check } from '../../source/report';
import { exitsOf } from '../shared/exits';

/** `process.exit()` right after `postMessage()`. */
export const unreadMessages: Check = function* (source) {
  const exits = exitsOf(source);
  for (const { uses } of source.starts) {
    for (const use of uses) {
      if (!calls(use, 'postMessage') || !exits.some((exit) => followsAtOnce(use.node, exit))) continue;
      yield report('unread-messages', use.node, t('process.exit() runs before the worker can receive this message.'));
    }
  }
};
