// Workers that process.exit() kills in the middle of their work, or before anyone hears of their end.
import ts from 'typescript';
import { t } from '../../../common/l10n';
import { calls, followsAtOnce, isDropped, listensTo } from '../../source/order';
import { report, type Check, type Fix, type Source } from '../../source/report';
import { functionOf } from '../../source/syntax';
import { exitsOf, isLiveAt } from '../shared/exits';
import { isInWorker } from '../shared/inWorker';

/** `process.exit()` where a worker with work of its own was started before, and nothing has ended it. */
export const exitWithLiveWorkers: Check = function* (source) {
  for (const exit of exitsOf(source)) {
    if (isInWorker(source, exit)) continue;
    const live = source.starts.find((start) => isLiveAt(source, start, exit));
    if (live)
      yield report('exit-with-live-workers', exit, t('process.exit() kills a worker that still has work to do.'));
  }
  yield* unseenEnds(source);
};

/** `terminate()` that nobody waits for, and `process.exit()` in the same turn: whoever listens for the end never hears of it. */
function* unseenEnds(source: Source): ReturnType<Check> {
  const exits = exitsOf(source);
  for (const { uses } of source.starts) {
    if (!uses.some((use) => listensTo(use, 'exit'))) continue;
    for (const use of uses) {
      if (!calls(use, 'terminate') || !isDropped(use.node)) continue;
      const exit = exits.find((one) => followsAtOnce(use.node, one));
      if (!exit) continue;
      const text = t(
        'terminate() is not awaited, so process.exit() runs first and no listener learns that the worker ended.',
      );
      const fix = awaited(source, use.node);
      yield report('exit-with-live-workers', exit, text, fix ? { fix } : {});
    }
  }
}

/** Only where that can be awaited. */
function awaited({ module }: Source, call: ts.Node): Fix | undefined {
  const fn = functionOf(call);
  const canWait = ts.isSourceFile(fn)
    ? module.tree.statements.some(ts.isImportDeclaration)
    : (ts.getCombinedModifierFlags(fn as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
  if (!canWait || !ts.isExpressionStatement(call.parent)) return undefined;
  const start = call.getStart();
  return { title: t('Await terminate()'), edits: [{ start, end: start, text: 'await ' }] };
}
