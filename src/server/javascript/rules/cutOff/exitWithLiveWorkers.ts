// Workers that process.exit() kills at work, or before a listener learns that they ended.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import { calls, followsAtOnce, isDropped, listensTo } from '../../source/order';
import { functionOf } from '../../source/syntax';
import { finding, type Check, type Fix, type RuleContext } from '../check';
import { exitsOf, isLiveAt } from '../shared/exits';
import { isInWorker } from '../shared/inWorker';

/** `process.exit()` where a worker with work of its own was started before, and nothing has ended it. */
export const exitWithLiveWorkers: Check = function* (context) {
  for (const exit of exitsOf(context)) {
    if (isInWorker(context, exit)) continue;
    const live = context.starts.find((start) => isLiveAt(context, start, exit));
    if (live)
      yield finding('exit-with-live-workers', exit, t('process.exit() kills a worker that still has work to do.'));
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
  const fn = functionOf(call);
  const canWait = ts.isSourceFile(fn)
    ? module.tree.statements.some(ts.isImportDeclaration)
    : (ts.getCombinedModifierFlags(fn as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
  if (!canWait || !ts.isExpressionStatement(call.parent)) return undefined;
  const start = call.getStart();
  return { title: t('Await terminate()'), edits: [{ start, end: start, text: 'await ' }] };
}
