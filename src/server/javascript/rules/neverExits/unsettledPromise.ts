// Promises that stay open when the worker ends.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Use } from '../../source/flow';
import type { Module } from '../../source/module';
import { calls, isWithin, listensTo, listensToUnknown, statementOf } from '../../source/order';
import { type Executor, executorAround, mentions } from '../../source/promises';
import { finding, type Check, type Fix } from '../check';

/** `new Promise` around a worker that may end without a message. */
export const unsettledPromise: Check = function* ({ starts, module }) {
  for (const { uses, node } of starts) {
    const heard = uses.find((use) => listensTo(use, 'message'));
    const executor = heard && executorAround(module, heard.node);
    if (!executor || !heard.args.some((argument) => mentions(argument, executor.parameters[0]))) continue;
    if (uses.some((use) => listensTo(use, 'exit') || listensToUnknown(use) || calls(use, 'terminate'))) continue;
    if (!isWithin(node, executor)) continue;
    const isHalf = uses.some((use) => listensTo(use, 'error'));
    const fix = settled(module, heard, executor, isHalf);
    yield finding(
      'unsettled-promise',
      heard.node,
      isHalf
        ? t('If the worker exits without answering, this promise never settles: nothing listens for its "exit" event.')
        : t(
            'If the worker fails or exits without answering, this promise never settles: nothing listens for its "error" and "exit" events.',
          ),
      { ...(isHalf ? { severity: 'info' } : {}), ...(fix ? { fix } : {}) },
    );
  }
};

/** Rejects when the worker ends, which does nothing if the promise is already settled. */
function settled({ tree }: Module, { node }: Use, { parameters }: Executor, isHalf: boolean): Fix | undefined {
  const reject = parameters[1]?.name;
  const last = endOfChain(node);
  const statement = statementOf(last);
  if (!reject || !ts.isIdentifier(reject) || !statement || !ts.isCallExpression(node)) return undefined;
  const events = [
    ...(isHalf ? [] : [`.on('error', ${reject.text})`]),
    `.on('exit', (code) => ${reject.text}(new Error(\`The worker ended with exit code ${'${code}'}\`)))`,
  ];
  const on = (node.expression as ts.PropertyAccessExpression).expression;
  const indent = /[ \t]*$/.exec(tree.text.slice(0, statement.getStart()))![0];
  const text = ts.isIdentifier(on)
    ? events.map((event) => `\n${indent}${on.text}${event};`).join('')
    : events.map((event) => `\n${indent}  ${event}`).join('');
  const end = ts.isIdentifier(on) ? statement.getEnd() : last.getEnd();
  return { title: t('Reject the promise when the worker ends'), edits: [{ start: end, end, text }] };
}

/** `worker.on(…)` of `worker.on(…).once(…)`: all of it. */
function endOfChain(node: ts.Node): ts.Node {
  const { parent } = node;
  const isOn =
    ts.isPropertyAccessExpression(parent) && parent.expression === node && ts.isCallExpression(parent.parent);
  return isOn ? endOfChain(parent.parent) : node;
}
