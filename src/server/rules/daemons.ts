// Daemons that are killed at their work, and daemons that are none.
import ts from 'typescript';
import { t } from '../../common/l10n';
import type { Use } from '../source/flow';
import { calls, handlerAround, inSameFunction, listensTo, statementOf } from '../source/order';
import { report, type Check, type Fix, type Report, type Source } from '../source/report';
import type { Start } from '../source/starts';

/** A worker that is unref'd, and writes to files on its own, or without ever telling that it is done. */
export const cutOffWhileWriting: Check = function* (source) {
  for (const start of source.starts) {
    const unref = start.uses.find((use) => calls(use, 'unref'));
    const code = source.workerOf(start);
    if (!unref || !code || isUndone(start.uses, unref) || isEndedInOrder(start)) continue;
    if (handlerAround(unref.node, start.uses, 'message', 'exit', 'error')) continue;
    const [write] = code.ownWrites;
    const asked = code.answers ? undefined : code.askedWrites[0];
    if (!write && !asked) continue;
    const message = write
      ? t('This worker is a daemon from here on and writes to files: main’s end cuts it off in the middle of that.')
      : t(
          'This worker is a daemon from here on and writes what it is sent without telling when that is done: what is left when main ends is lost.',
        );
    yield report('cut-off-while-writing', named(unref), message);
  }
};

/** `ref()` or a listener for messages comes after it. */
const isUndone = (uses: readonly Use[], unref: Use): boolean =>
  uses.slice(uses.indexOf(unref) + 1).some((use) => calls(use, 'ref') || listensTo(use, 'message'));

/** Something is done when main is about to end. */
const isEndedInOrder = ({ uses }: Start): boolean =>
  uses.some((use) => calls(use, 'terminate') || listensTo(use, 'exit'));

/** The method’s name and its call, without what it is called on. */
function named({ node }: Use): ts.Node {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node;
}

/** A listener for messages after `unref()`. */
export const unrefUndone: Check = function* (source) {
  for (const { uses } of source.starts) {
    for (const [i, unref] of uses.entries()) {
      if (!calls(unref, 'unref')) continue;
      const later = uses.slice(i + 1);
      const listener = later.find((use) => listensTo(use, 'message') && inSameFunction(use.node, unref.node));
      const isMeant = later.some((use) =>
        calls(use, 'unref', 'ref', 'terminate', 'off', 'removeListener', 'removeAllListeners'),
      );
      if (listener && !isMeant) yield undone(source, unref, listener);
      break;
    }
  }
};

function undone({ module }: Source, unref: Use, listener: Use): Report {
  const fix = moved(module.tree, unref, listener);
  return report(
    'unref-undone',
    listener.node,
    t('This listener refs the worker again, so the unref() before it has no effect.'),
    fix ? { fix } : {},
  );
}

/** The statement with `unref()` goes behind the one with the listener. */
function moved(tree: ts.SourceFile, unref: Use, listener: Use): Fix | undefined {
  const [from, to] = [statementOf(unref.node), statementOf(listener.node)];
  if (!from || !to || from === to || from.parent !== to.parent) return undefined;
  const text = tree.text.slice(from.getStart(), from.getEnd());
  const indent = /[ \t]*$/.exec(tree.text.slice(0, to.getStart()))![0];
  return {
    title: t('Call unref() after the listener is added'),
    edits: [
      { start: from.getFullStart(), end: from.getEnd(), text: '' },
      { start: to.getEnd(), end: to.getEnd(), text: `\n${indent}${text}` },
    ],
  };
}
