// The order in which expressions of a function run. Pure.
import ts from 'typescript';
import type { Use } from './flow';
import type { Module } from './module';
import { functionOf, someOwn } from './syntax';

export const inSameFunction = (a: ts.Node, b: ts.Node): boolean => functionOf(a) === functionOf(b);

/** `later` always runs after `first`, in the same turn of the event loop: no await, exit or branch comes between them. */
export function followsAtOnce(first: ts.Node, later: ts.Node): boolean {
  const fn = functionOf(first);
  if (functionOf(later) !== fn || later.getStart() <= first.getStart()) return false;
  const block = blockOf(later);
  if (!isWithin(first, block) || isConditional(later, first)) return false;
  const [from, to] = [first.getEnd(), later.getStart()];
  const isBetween = (node: ts.Node): boolean => node.getStart() >= from && node.getEnd() <= to;
  const leaves = (node: ts.Node): boolean =>
    (ts.isAwaitExpression(node) && (isBetween(node) || isWithin(later, node) || isWithin(first, node))) ||
    (isBetween(node) && (ts.isReturnStatement(node) || ts.isThrowStatement(node) || waits(node)));
  return !someOwn(fn, leaves);
}

/** Whether one of them runs, the other does not: in the branches of a condition, or in the cases of a switch. */
export const areAlternatives = (a: ts.Node, b: ts.Node): boolean =>
  branchesOf(a).some(({ of, part }) => branchesOf(b).some((other) => other.of === of && other.part !== part));

/** It may not run although `first` does. */
const isConditional = (node: ts.Node, first: ts.Node): boolean =>
  branchesOf(node).some(({ part }) => !isWithin(first, part));

/** The branches that it stands in, from the innermost, with what decides between them. */
function branchesOf(node: ts.Node): { of: ts.Node; part: ts.Node }[] {
  const found: { of: ts.Node; part: ts.Node }[] = [];
  for (let part = node; part.parent && !ts.isFunctionLike(part); part = part.parent)
    if (isBranch(part, part.parent)) found.push({ of: part.parent, part });
  return found;
}

function isBranch(part: ts.Node, of: ts.Node): boolean {
  if (ts.isIfStatement(of) || ts.isConditionalExpression(of))
    return part !== (ts.isIfStatement(of) ? of.expression : of.condition);
  if (ts.isBinaryExpression(of)) return part === of.right && DECIDES.has(of.operatorToken.kind);
  return ts.isCaseBlock(of) || ts.isCatchClause(part);
}
const DECIDES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** It blocks the thread until another thread acts. */
const waits = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  ts.isIdentifier(node.expression.expression) &&
  node.expression.expression.text === 'Atomics' &&
  node.expression.name.text === 'wait';

/** The list of statements that contains it. */
function blockOf(node: ts.Node): ts.Node {
  let up = node.parent;
  while (!ts.isBlock(up) && !ts.isSourceFile(up) && !ts.isCaseClause(up) && !ts.isDefaultClause(up)) up = up.parent;
  return up;
}

export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  for (let up: ts.Node | undefined = node; up; up = up.parent) if (up === outer) return true;
  return false;
}

/** The statement that consists of this expression only. */
export function statementOf(node: ts.Node): ts.ExpressionStatement | undefined {
  const { parent } = node;
  if (ts.isExpressionStatement(parent)) return parent;
  return (ts.isVoidExpression(parent) || ts.isAwaitExpression(parent)) && ts.isExpressionStatement(parent.parent)
    ? parent.parent
    : undefined;
}

/** Its result is not used. */
export const isDropped = ({ parent }: ts.Node): boolean =>
  ts.isExpressionStatement(parent) || (ts.isVoidExpression(parent) && ts.isExpressionStatement(parent.parent));

const LISTENS = /^(on|once|addListener|prependListener|prependOnceListener|addEventListener)$/;

/** It adds a listener for that event, or sets `on<event>`. */
export function listensTo({ kind, name, args }: Use, event: string): boolean {
  if (kind === 'set') return name === `on${event}`;
  const [first] = args;
  return (
    kind === 'call' &&
    LISTENS.test(name) &&
    first !== undefined &&
    ts.isStringLiteralLike(first) &&
    first.text === event
  );
}

export const calls = (use: Use, ...names: string[]): boolean => use.kind === 'call' && names.includes(use.name);

/** Listens to an event whose name is not known. */
export const listensToUnknown = ({ kind, name, args }: Use): boolean =>
  kind === 'call' && LISTENS.test(name) && !(args[0] && ts.isStringLiteralLike(args[0]));

/** The use among these whose listener contains a node. */
export function handlerAround(node: ts.Node, uses: readonly Use[], ...events: string[]): Use | undefined {
  return uses.find(
    (use) =>
      events.some((event) => listensTo(use, event)) &&
      use.args.some((argument) => argument !== node && isWithin(node, argument)),
  );
}

/** `once()` of `events` also rejects on errors while it waits. */
export const isOnce = (module: Module, { node }: Use): boolean =>
  ts.isCallExpression(node) && module.isImport(node.expression, 'events', 'once');
