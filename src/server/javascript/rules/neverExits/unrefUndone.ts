// Daemons that a listener refs again.
import type ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Use } from '../../source/flow';
import { areAlternatives, calls, inSameFunction, listensTo, statementOf } from '../../source/order';
import { finding, type Check, type Fix, type Finding, type RuleContext } from '../check';

/** A listener for messages after `unref()`, unless it listens once: then the `unref()` holds again when a message has come. */
export const unrefUndone: Check = function* (context) {
  for (const { uses } of context.starts) {
    for (const [i, unref] of uses.entries()) {
      if (!calls(unref, 'unref')) continue;
      const later = uses.slice(i + 1);
      const listener = later.find((use) => listensForGood(use) && isAfter(use, unref));
      const isMeant = later.some((use) =>
        calls(use, 'unref', 'ref', 'terminate', 'off', 'removeListener', 'removeAllListeners'),
      );
      if (listener && !isMeant) yield undone(context, unref, listener);
      break;
    }
  }
};

const listensForGood = (use: Use): boolean => listensTo(use, 'message') && !/once/i.test(use.name);

const isAfter = (use: Use, unref: Use): boolean =>
  inSameFunction(use.node, unref.node) && !areAlternatives(use.node, unref.node);

function undone({ module }: RuleContext, unref: Use, listener: Use): Finding {
  const fix = moved(module.tree, unref, listener);
  return finding(
    'unref-undone',
    listener.node,
    t('This listener refs the worker again, so the unref() before it has no effect.'),
    fix ? { fix } : {},
  );
}

/** Moves the statement with `unref()` after the one with the listener. */
function moved(tree: ts.SourceFile, unref: Use, listener: Use): Fix | undefined {
  const [from, to] = [statementOf(unref.node), statementOf(listener.node)];
  if (!from || !to || from === to || from.parent !== to.parent) return undefined;
  const text = tree.text.slice(from.getStart(), from.getEnd());
  const indent = /[ \t]*$/.exec(tree.text.slice(0, to.getStart()))![0];
  return {
    title: t('Call unref() after adding the listener'),
    edits: [
      { start: from.getFullStart(), end: from.getEnd(), text: '' },
      { start: to.getEnd(), end: to.getEnd(), text: `\n${indent}${text}` },
    ],
  };
}
