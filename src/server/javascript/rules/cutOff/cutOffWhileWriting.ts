// A daemon that is killed while it writes to files.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Use } from '../../source/flow';
import { calls, handlerAround, listensTo, statementOf } from '../../source/order';
import type { Start } from '../../source/starts';
import { finding, type Check, type Fix } from '../check';
import { isInList, without } from '../shared/edits';

/** A worker that is unref'd and writes to files, on its own or without ever reporting that it is done. */
export const cutOffWhileWriting: Check = function* (context) {
  for (const start of context.starts) {
    const unref = start.uses.find((use) => calls(use, 'unref'));
    const code = context.workerOf(start);
    if (!unref || !code || isUndone(start.uses, unref) || isEndedInOrder(start)) continue;
    if (handlerAround(unref.node, start.uses, 'message', 'exit', 'error')) continue;
    const [write] = code.ownWrites;
    const asked = code.answers ? undefined : code.askedWrites[0];
    if (!write && !asked) continue;
    const message = write
      ? t(
          'This worker writes to files but is a daemon from here on. When main finishes, it is cut off, even in the middle of a write.',
        )
      : t(
          'This worker writes what it is sent, never reports when it is done, and is a daemon from here on. What it has not written when main finishes is lost.',
        );
    const fix = write && code.endsByItself() ? withoutUnref(unref) : undefined;
    yield finding('cut-off-while-writing', named(unref), message, fix ? { fix } : {});
  }
};

/** Main then waits for the worker, which ends by itself. */
function withoutUnref({ node }: Use): Fix | undefined {
  const on = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.expression;
  if (!on) return undefined;
  const statement = ts.isIdentifier(on) ? statementOf(node) : undefined;
  const title = t('Remove unref()');
  if (statement) return isInList(statement) ? { title, edits: [without(statement)] } : undefined;
  return ts.isIdentifier(on) ? undefined : { title, edits: [{ start: on.getEnd(), end: node.getEnd(), text: '' }] };
}

/** `ref()` or a listener for messages comes after it. */
const isUndone = (uses: readonly Use[], unref: Use): boolean =>
  uses.slice(uses.indexOf(unref) + 1).some((use) => calls(use, 'ref') || listensTo(use, 'message'));

/** The module ends the worker or waits for its end. */
const isEndedInOrder = ({ uses }: Start): boolean =>
  uses.some((use) => calls(use, 'terminate') || listensTo(use, 'exit'));

/** The name of the method, without the object. */
function named({ node }: Use): ts.Node {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node;
}
