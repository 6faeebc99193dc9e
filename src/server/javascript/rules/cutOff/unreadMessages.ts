// Messages that process.exit() overtakes.
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce } from '../../source/order';
import { finding, type Check } from '../check';
import { exitsOf } from '../shared/exits';

/** `process.exit()` right after `postMessage()`. */
export const unreadMessages: Check = function* (context) {
  const exits = exitsOf(context);
  for (const { uses } of context.starts) {
    for (const use of uses) {
      if (!calls(use, 'postMessage') || !exits.some((exit) => followsAtOnce(use.node, exit))) continue;
      yield finding('unread-messages', use.node, t('process.exit() runs before the worker can receive this message.'));
    }
  }
};
