// Errors of workers that end main.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Use } from '../../source/flow';
import { isOnce, listensTo, listensToUnknown } from '../../source/order';
import { executorAround } from '../../source/promises';
import type { Start } from '../../source/starts';
import { finding, type Check, type Fix, type RuleContext } from '../check';
import { declarationOf, lineAfter } from '../shared/edits';

/** A worker whose script throws while nothing listens for "error"; a note where only its other events have listeners. */
export const unhandledWorkerError: Check = function* (context) {
  for (const start of context.starts) {
    const { uses, escapes, node } = start;
    const isHeard = (use: Use): boolean =>
      listensTo(use, 'error') || listensToUnknown(use) || isOnce(context.module, use);
    if (escapes || uses.some(isHeard)) continue;
    if (context.workerOf(start)?.throws.length) {
      const fix = heard(start);
      yield finding(
        'unhandled-worker-error',
        node,
        t('This worker throws errors, but nothing listens for its "error" event, so they end main.'),
        fix ? { fix } : {},
      );
    } else if (uses.some((use) => listensTo(use, 'message') || listensTo(use, 'exit')) && !isPromised(context, start))
      yield finding(
        'unhandled-worker-error',
        node,
        t('Nothing listens for this worker’s "error" event: if the worker fails, main ends with it.'),
        { severity: 'info' },
      );
  }
};

/** Main goes on, and its exit code still says that something failed. */
const LISTENER = `.on('error', (error) => {
  console.error(error);
  process.exitCode = 1;
})`;

function heard(start: Start): Fix | undefined {
  const title = t('Listen for its "error" event');
  const declared = declarationOf(start);
  if (declared) return { title, edits: [lineAfter(declared.statement, `${declared.name}${LISTENER};`)] };
  const end = start.node.getEnd();
  const isAlone = !start.call && ts.isExpressionStatement(start.node.parent);
  return isAlone ? { title, edits: [{ start: end, end, text: LISTENER }] } : undefined;
}

/** Then unsettled-promise reports it. */
const isPromised = ({ module }: RuleContext, { node, uses }: Start): boolean =>
  executorAround(module, node) !== undefined && !uses.some((use) => listensTo(use, 'exit'));
