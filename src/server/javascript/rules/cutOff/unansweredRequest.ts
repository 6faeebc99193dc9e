// Answers that main awaits while nothing keeps it alive.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Use } from '../../source/flow';
import type { Module } from '../../source/module';
import { areAlternatives, calls, inSameFunction, isOnce, listensTo, statementOf } from '../../source/order';
import { executorAround, mentions } from '../../source/promises';
import { finding, type Check, type Fix } from '../check';
import { lineAfter, without } from '../shared/edits';

/** `unref()` between a promise of the worker's message and the place where that is awaited, and no `ref()` anywhere. */
export const unansweredRequest: Check = function* ({ starts, module }) {
  for (const { uses, escapes } of starts) {
    const unref = uses.find((use) => calls(use, 'unref'));
    if (!unref || escapes || uses.some((use) => calls(use, 'ref', 'terminate'))) continue;
    const isRefdAgain = uses.some(
      (use) => (listensTo(use, 'message') || isOnce(module, use)) && use.node.getStart() > unref.node.getStart(),
    );
    const promise = isRefdAgain ? undefined : promiseBefore(module, uses, unref);
    const awaited = promise && awaitedAfter(module, promise, unref.node);
    if (!awaited) continue;
    const fix = afterAnswer(unref, awaited);
    yield finding(
      'unanswered-request',
      unref.node,
      t('An answer of this worker is awaited, but after unref() the process does not wait for it.'),
      { severity: 'warning', ...(fix ? { fix } : {}) }, // something else may keep the process alive
    );
  }
};

/** The name of the promise that a message of the worker fulfils, made before `unref()` in the same function. */
function promiseBefore(module: Module, uses: readonly Use[], unref: Use): ts.Identifier | undefined {
  for (const use of uses) {
    const made = promiseOf(module, use);
    const declared = made?.parent;
    if (!made || !declared || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) continue;
    const isBefore = made.getEnd() < unref.node.getStart() && inSameFunction(declared, unref.node);
    if (isBefore && !areAlternatives(made, unref.node)) return declared.name;
  }
  return undefined;
}

/** `new Promise` around a listener that resolves it, or `once()` of `events`. */
function promiseOf(module: Module, use: Use): ts.Node | undefined {
  if (isOnce(module, use)) return isOfMessage(use.args[0]) ? use.node : undefined;
  if (!listensTo(use, 'message')) return undefined;
  const executor = executorAround(module, use.node);
  const resolves = executor && use.args.some((argument) => mentions(argument, executor.parameters[0]));
  return resolves ? executor.parent : undefined;
}

const isOfMessage = (event: ts.Expression | undefined): boolean =>
  event !== undefined && ts.isStringLiteralLike(event) && event.text === 'message';

/** Moves `unref()` behind the statement that awaits the answer. */
function afterAnswer(unref: Use, awaited: ts.Identifier): Fix | undefined {
  const from = statementOf(unref.node);
  let to: ts.Node = awaited;
  while (!ts.isStatement(to)) to = to.parent;
  if (!from || !ts.isAwaitExpression(awaited.parent) || to.parent !== from.parent || ts.isReturnStatement(to))
    return undefined;
  return { title: t('Call unref() when the answer has come'), edits: [without(from), lineAfter(to, from.getText())] };
}

/** `await promise` or `promise.then(…)` further down in the same function. */
function awaitedAfter(module: Module, name: ts.Identifier, unref: ts.Node): ts.Identifier | undefined {
  const refs = module.names.of(name)?.refs ?? [];
  return refs.find((ref) => {
    const { parent } = ref;
    const isThen = ts.isPropertyAccessExpression(parent) && parent.expression === ref && parent.name.text === 'then';
    return (isThen || ts.isAwaitExpression(parent)) && ref.getStart() > unref.getEnd() && inSameFunction(ref, unref);
  });
}
