// JavaScript and TypeScript as trees, by TypeScript's own parser: it takes half-typed code, and reads again only what was
// edited.
import * as path from 'node:path';
import ts from 'typescript';
import type { Edited, Span } from '../../language';

export type { Node, SourceFile } from 'typescript';

/** Kept here because the package exports each through a getter, which costs more than its use. */
const { SyntaxKind, isTypeNode } = ts;

export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kindOf(file));
}

/** The tree of `text`, of which only `edited` differs from the old one: `end` is the old end, `length` the new length. */
export function reparse(old: ts.SourceFile, text: string, edited: Edited): ts.SourceFile {
  const span = { start: edited.start, length: edited.end - edited.start };
  return ts.updateSourceFile(old, text, { span, newLength: edited.length });
}

/** JSX is allowed in all of JavaScript. */
function kindOf(file: string): ts.ScriptKind {
  const extension = path.extname(file);
  if (extension === '.tsx') return ts.ScriptKind.TSX;
  return /ts$/.test(extension) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}

export const spanOf = (node: ts.Node): Span => ({ start: node.getStart(), end: node.getEnd() });

/** The function, or the file, whose code it is. */
export function functionOf(node: ts.Node): ts.Node {
  let up = node.parent;
  while (!ts.isSourceFile(up) && !ts.isFunctionLike(up)) up = up.parent;
  return up;
}

/** The name that a function is called by in its module. */
export function nameOf(fn: ts.Node): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn.name;
  const { parent } = fn;
  return parent && ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

/** Types, which do nothing when the program runs. */
export const isOfTypes = (node: ts.Node): boolean => {
  const { kind } = node;
  return (
    kind === SyntaxKind.InterfaceDeclaration ||
    kind === SyntaxKind.TypeAliasDeclaration ||
    (kind > LAST_LITERAL && isTypeNode(node))
  );
};
const LAST_LITERAL = ts.SyntaxKind.Identifier;

/** Calls `see` with each node below, in the order of the text; types are left out. */
export function eachNode(node: ts.Node, see: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    if (isOfTypes(child)) return;
    see(child);
    eachNode(child, see);
  });
}

/** It is in a loop of its function. */
export function isRepeated(node: ts.Node): boolean {
  for (let up = node.parent; up && !ts.isFunctionLike(up); up = up.parent)
    if (ts.isIterationStatement(up, false)) return true;
  return false;
}

/** Is there such a node below that belongs to the same function? */
export function someOwn(node: ts.Node, fits: (node: ts.Node) => boolean): boolean {
  return (
    ts.forEachChild(node, (child) => fits(child) || (!ts.isFunctionLike(child) && someOwn(child, fits)) || undefined) ??
    false
  );
}

/** Without parentheses, casts and `!`. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  while (WRAPPERS.has(inner.kind)) inner = (inner as ts.ParenthesizedExpression).expression;
  return inner;
}

const WRAPPERS = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.NonNullExpression,
  SyntaxKind.SatisfiesExpression,
]);
