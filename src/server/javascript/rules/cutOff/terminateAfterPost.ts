// Messages that terminate() overtakes.
import type ts from 'typescript';
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce } from '../../source/order';
import { finding, type Check } from '../check';
import { afterReply } from '../shared/waits';

/** `terminate()` right after `postMessage()`: nobody waits for what was posted. */
export const terminateAfterPost: Check = function* (context) {
  for (const start of context.starts) {
    const { uses } = start;
    for (const use of uses) {
      if (!calls(use, 'terminate')) continue;
      if (!uses.some((other) => calls(other, 'postMessage') && followsAtOnce(other.node, use.node))) continue;
      const title = t('Call terminate() when it has answered');
      yield finding(
        'terminate-after-post',
        use.node,
        t('terminate() stops the worker before it can receive what was just posted.'),
        { severity: 'warning', ...afterReply(context, start, use.node as ts.CallExpression, title) }, // it may be meant
      );
    }
  }
};
