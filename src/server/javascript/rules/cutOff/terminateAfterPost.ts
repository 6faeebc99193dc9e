// Messages that terminate() overtakes.
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce } from '../../source/order';
import { finding, type Check } from '../check';

/** `terminate()` right after `postMessage()`: nobody waits for what was posted. */
export const terminateAfterPost: Check = function* ({ starts }) {
  for (const { uses } of starts) {
    for (const use of uses) {
      if (!calls(use, 'terminate')) continue;
      if (!uses.some((other) => calls(other, 'postMessage') && followsAtOnce(other.node, use.node))) continue;
      yield finding(
        'terminate-after-post',
        use.node,
        t('terminate() stops the worker before it can receive what was just posted.'),
        { severity: 'warning' }, // it may be meant: nobody wants the answer any more
      );
    }
  }
};
