// Quick fixes that have main wait for an event of a worker before it does what cuts the worker off. Pure.
import type ts from 'typescript';
import type { Module } from '../../source/module';
import { calls, listensTo, statementOf } from '../../source/order';
import { isRepeated } from '../../source/syntax';
import type { Start } from '../../source/starts';
import type { Fix, RuleContext } from '../check';
import { canAwait, instead, isInList, isLast, lineBefore, nameAt } from './edits';

interface Wait {
  module: Module;
  start: Start;
  /** One that is still to come. */
  event: 'exit' | 'message';
  /** What comes after the call may run before it. */
  isLoose?: boolean;
}

/** @param call a statement of its own */
export function waitsFirst(
  { module, start, event, isLoose = false }: Wait,
  call: ts.CallExpression,
  title: string,
): Fix | undefined {
  const statement = statementOf(call);
  const name = statement && isInList(statement) ? nameAt(start, statement) : undefined;
  if (!statement || name === undefined) return undefined;
  if (canAwait(module, call))
    return { title, edits: [lineBefore(statement, `await new Promise((done) => ${name}.once('${event}', done));`)] };
  if (!isLoose && !isLast(statement)) return undefined;
  return { title, edits: [instead(statement.expression, `${name}.once('${event}', () => ${call.getText()})`)] };
}

/** After the answer to the one message that was posted, to a worker that answers each; what is done to the worker may wait. */
export function afterReply(context: RuleContext, start: Start, call: ts.CallExpression, title: string): { fix?: Fix } {
  const posts = start.uses.filter((use) => calls(use, 'postMessage'));
  const isOne =
    posts.length === 1 && !isRepeated(posts[0]!.node) && !start.uses.some((use) => listensTo(use, 'message'));
  if (!isOne || start.escapes || !context.workerOf(start)?.repliesToEach) return {};
  const isLoose = start.uses.some(({ node }) => node === call);
  const fix = waitsFirst({ module: context.module, start, event: 'message', isLoose }, call, title);
  return fix ? { fix } : {};
}
