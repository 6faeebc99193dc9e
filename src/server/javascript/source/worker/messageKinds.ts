// Strings that stand for the kind of a message: `{ type: 'save' }` that is posted, and `m.type === 'save'`. Pure.
import ts from 'typescript';
import type { MessageKind } from '../../../language';
import type { Module } from '../module';
import { literalOf } from '../strings';
import { eachNode } from '../syntax';

export function messageKindsIn({ tree }: Module): MessageKind[] {
  const found: MessageKind[] = [];
  eachNode(tree, (node) => {
    const use = ts.isStringLiteralLike(node) && useOf(node);
    if (use) found.push({ ...use, literal: literalOf(node) });
  });
  return found;
}

type Use = Omit<MessageKind, 'literal'>;

function useOf(literal: ts.StringLiteralLike): Use | undefined {
  const { parent } = literal;
  if (ts.isPropertyAssignment(parent)) return postedBy(parent);
  if (ts.isCaseClause(parent)) return askedOf(parent.parent.parent.expression);
  if (!ts.isBinaryExpression(parent) || !COMPARES.has(parent.operatorToken.kind)) return undefined;
  return askedOf(parent.left === literal ? parent.right : parent.left);
}

const COMPARES = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

const askedOf = (node: ts.Expression): Use | undefined =>
  ts.isPropertyAccessExpression(node) ? { property: node.name.text, does: 'asks' } : undefined;

/** A property of the object that `postMessage()` is given. */
function postedBy({ name, parent }: ts.PropertyAssignment): Use | undefined {
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== parent || !ts.isIdentifier(name)) return undefined;
  const { expression } = call;
  const isPost = ts.isPropertyAccessExpression(expression) && expression.name.text === 'postMessage';
  return isPost ? { property: name.text, does: 'posts' } : undefined;
}
