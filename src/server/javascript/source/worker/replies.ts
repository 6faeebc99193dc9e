// Whether a worker answers each message. Pure.
import ts from 'typescript';
import type { Module } from '../module';
import { isOnPort } from './port';
import { functionOf, someOwn } from '../syntax';

/** Its one listener posts once for each message, whatever the message is, and nothing else posts to its owner. */
export function repliesToEach(module: Module): boolean {
  const posts = module.calls.filter((call) => isOnPort(module, call, /^postMessage$/));
  const [post, ...others] = posts;
  if (!post || others.length > 0) return false;
  const listener = functionOf(post);
  const call = listener.parent as ts.Node | undefined;
  const listens = call && ts.isCallExpression(call) && isOnPort(module, call, /^(on|addListener)$/);
  if (!listens || !isOfMessage(call) || !call.arguments.includes(listener as ts.Expression)) return false;
  return isAlwaysRun(post, listener);
}

const isOfMessage = ({ arguments: [event] }: ts.CallExpression): boolean =>
  event !== undefined && ts.isStringLiteralLike(event) && event.text === 'message';

/** A statement of the function itself, or what the function returns, that nothing leaves out. */
function isAlwaysRun(call: ts.CallExpression, fn: ts.Node): boolean {
  if (call.parent === fn) return true;
  const statement = call.parent;
  const isOwn = ts.isExpressionStatement(statement) && statement.parent.parent === fn;
  return isOwn && !someOwn(fn, (node) => ts.isReturnStatement(node) || ts.isThrowStatement(node));
}
