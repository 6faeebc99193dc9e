// Main waits for a worker that may never wake it.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../../common/l10n';
import { report, type Check, type Source } from '../../source/report';
import { sideOf } from '../../source/side';

/** `Atomics.wait` without a time limit in main, or in a module that starts workers and is none. */
export const mainBlocked: Check = function* (source) {
  const { module } = source;
  for (const call of module.calls) {
    const callee = call.expression;
    if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'wait' || call.arguments.length !== 3) continue;
    if (!module.isGlobal(callee.expression, 'Atomics')) continue;
    if (!isInMain(source, call)) continue;
    yield report(
      'main-blocked',
      call,
      t('Main waits here without a time limit: if the worker fails, the program hangs forever.'),
    );
  }
};

/** By its name, a file may be a worker of whoever starts it from elsewhere. */
function isInMain({ module, isWorker, starts }: Source, node: ts.Node): boolean {
  const side = sideOf(module, node);
  if (side !== 'any') return side === 'main';
  return !isWorker && starts.length > 0 && !/worker/i.test(path.basename(module.file));
}
