// Workers that process.exit() kills at work, or before a listener learns that they ended.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce, isDropped, listensTo } from '../../source/order';
import { finding, type Check, type Fix, type RuleContext } from '../check';
import { canAwait } from '../shared/edits';
import { afterEnds, exitsOf, liveAt } from '../shared/exits';
import { isInWorker } from '../shared/inWorker';

/** `process.exit()` where a worker with work of its own was started before, and nothing has ended it. */
export const exitWithLiveWorkers: Check = function* (context) {
  for (const exit of exitsOf(context)) {
    if (isInWorker(context, exit)) continue;
    const live = liveAt(context, exit);
    if (live.length === 0) continue;
    const text = t('process.exit() kills a worker that still has work to do.');
    yield finding('exit-with-live-workers', exit, text, afterEnds(context, live, exit));
  }
  yield* unseenEnds(context);
};

/** `terminate()` that is not awaited, and `process.exit()` in the same turn: listeners for "exit" are never called. */
function* unseenEnds(context: RuleContext): ReturnType<Check> {
  const exits = exitsOf(context);
  for (const { uses } of context.starts) {
    if (!uses.some((use) => listensTo(use, 'exit'))) continue;
    for (const use of uses) {
      if (!calls(use, 'terminate') || !isDropped(use.node)) continue;
      const exit = exits.find((one) => followsAtOnce(use.node, one));
      if (!exit) continue;
      const text = t(
        'terminate() is not awaited, so process.exit() runs first and no listener learns that the worker ended.',
      );
      const fix = awaited(context, use.node);
      yield finding('exit-with-live-workers', exit, text, fix ? { fix } : {});
    }
  }
}

/** Only where `await` is allowed. */
function awaited({ module }: RuleContext, call: ts.Node): Fix | undefined {
  if (!canAwait(module, call) || !ts.isExpressionStatement(call.parent)) return undefined;
  const start = call.getStart();
  return { title: t('Await terminate()'), edits: [{ start, end: start, text: 'await ' }] };
}
