// Kinds of messages, while somebody types one: `{ type: 'save' }` that the other side posts, or asks for.
import ts from 'typescript';
import { CompletionItemKind, type CompletionItem, type Position } from 'vscode-languageserver/node';
import type { Project } from '../project';
import type { Module } from '../source/module';
import { eachNode } from '../source/syntax';
import { offsetOf, rangeOf, stringAt } from './positions';

/** A string that stands for the kind of a message, by the property that has it. */
interface MessageKind {
  property: string;
  /** `m.type === 'save'`, or `postMessage({ type: 'save' })`. */
  does: 'asks' | 'posts';
}

export function messageTypesAt(project: Project, file: string, position: Position): CompletionItem[] {
  const read = project.read(file);
  if (!read) return [];
  const { module } = read;
  const literal = stringAt(module.tree, offsetOf(module.tree, position));
  const kind = literal && kindOf(literal);
  if (!kind) return [];
  const range = rangeOf(module.tree, { start: literal.getStart() + 1, end: literal.getEnd() - 1 });
  const values = new Set(
    otherSides(project, file).flatMap((other) =>
      valuesIn(other, kind.property, kind.does === 'asks' ? 'posts' : 'asks'),
    ),
  );
  return [...values].map((value) => ({
    label: value,
    kind: CompletionItemKind.EnumMember,
    filterText: value,
    textEdit: { range, newText: value.replace(/[\\'"`]/g, '\\$&') },
  }));
}

/** Modules at the other ends: those that start this one, and the scripts that it starts; itself, where it is both. */
function otherSides(project: Project, file: string): Module[] {
  const scripts = project.read(file)?.scripts.flatMap((reference) => project.targetOf(reference, file) ?? []) ?? [];
  return [...new Set([...project.startersOf(file), ...scripts])].flatMap((one) => project.read(one)?.module ?? []);
}

function valuesIn(module: Module, property: string, does: MessageKind['does']): string[] {
  const values: string[] = [];
  eachNode(module.tree, (node) => {
    if (!ts.isStringLiteralLike(node) || !/^.+$/.test(node.text)) return; // one line of text
    const kind = kindOf(node);
    if (kind?.does === does && kind.property === property) values.push(node.text);
  });
  return values;
}

function kindOf(literal: ts.StringLiteralLike): MessageKind | undefined {
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

const askedOf = (node: ts.Expression): MessageKind | undefined =>
  ts.isPropertyAccessExpression(node) ? { property: node.name.text, does: 'asks' } : undefined;

/** A property of the object that `postMessage()` is given. */
function postedBy({ name, parent }: ts.PropertyAssignment): MessageKind | undefined {
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== parent || !ts.isIdentifier(name)) return undefined;
  const { expression } = call;
  const isPost = ts.isPropertyAccessExpression(expression) && expression.name.text === 'postMessage';
  return isPost ? { property: name.text, does: 'posts' } : undefined;
}
