// Messages that process.exit() overtakes.
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce } from '../../source/order';
import { finding, type Check } from '../check';
import { exitsOf } from '../shared/exits';
import { afterReply } from '../shared/waits';

/** `process.exit()` right after `postMessage()`. */
export const unreadMessages: Check = function* (context) {
  const exits = exitsOf(context);
  for (const start of context.starts) {
    const { uses } = start;
    for (const use of uses) {
      const exit = calls(use, 'postMessage') ? exits.find((one) => followsAtOnce(use.node, one)) : undefined;
      if (!exit) continue;
      const text = t('process.exit() runs before the worker can receive this message.');
      const title = t('Exit when it has answered');
      yield finding('unread-messages', use.node, text, afterReply(context, start, exit, title));
    }
  }
};
