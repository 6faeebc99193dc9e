// Main waits for a worker that may never wake it.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import { sideOf } from '../../source/side';
import { finding, type Check, type RuleContext } from '../check';

/** `Atomics.wait` without a time limit in main, or in a module that starts workers and is not one. */
export const mainBlocked: Check = function* (context) {
  const { module } = context;
  for (const call of module.calls) {
    const callee = call.expression;
    if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'wait' || call.arguments.length !== 3) continue;
    if (!module.isGlobal(callee.expression, 'Atomics')) continue;
    if (!isInMain(context, call)) continue;
    yield finding(
      'main-blocked',
      call,
      t('Main waits here without a time limit: if the worker fails, the program hangs forever.'),
    );
  }
};

/** A file with “worker” in its name may be started from elsewhere. */
function isInMain({ module, isWorker, starts }: RuleContext, node: ts.Node): boolean {
  const side = sideOf(module, node);
  if (side !== 'any') return side === 'main';
  return !isWorker && starts.length > 0 && !/worker/i.test(path.basename(module.file));
}
