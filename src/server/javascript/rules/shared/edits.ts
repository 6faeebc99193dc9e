// Edits of whole statements, of which quick fixes are made. Pure.
import ts from 'typescript';
import type { TextEdit } from '../../../language';
import type { Module } from '../../source/module';
import type { Start } from '../../source/starts';
import { functionOf } from '../../source/syntax';

/** With its line, where it is alone on it. */
export function without(statement: ts.Statement): TextEdit {
  const { text } = statement.getSourceFile();
  const [start, end] = [statement.getStart(), statement.getEnd()];
  const before = /\n[ \t]*$/.exec(text.slice(0, start));
  const isAlone = before !== null && /^[ \t]*(\r?\n|$)/.test(text.slice(end));
  return { start: isAlone ? before.index : start, end, text: '' };
}

/** A line of its own behind a statement. */
export function lineAfter(statement: ts.Statement, line: string): TextEdit {
  const end = statement.getEnd();
  return { start: end, end, text: `\n${indented(statement, line)}` };
}

/** A line of its own before a statement. */
export function lineBefore(statement: ts.Statement, line: string): TextEdit {
  const start = statement.getStart();
  return { start, end: start, text: `${line}\n${indentOf(statement)}` };
}

export const instead = (node: ts.Node, text: string): TextEdit => ({
  start: node.getStart(),
  end: node.getEnd(),
  text,
});

/** The text, each of its lines as deep as the statement. */
const indented = (statement: ts.Statement, text: string): string => text.replace(/^/gm, indentOf(statement));

const indentOf = (statement: ts.Statement): string =>
  /[ \t]*$/.exec(statement.getSourceFile().text.slice(0, statement.getStart()))![0];

/** A list of statements contains it, so that others may stand beside it. */
export const isInList = ({ parent }: ts.Statement): boolean =>
  ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent);

/** Nothing of its function, or of its file, runs after it in the same turn. */
export function isLast(statement: ts.Statement): boolean {
  const { parent } = statement;
  const isOfFunction = ts.isSourceFile(parent) || (ts.isBlock(parent) && ts.isFunctionLike(parent.parent));
  if (!isOfFunction) return false;
  return parent.statements
    .slice(parent.statements.indexOf(statement) + 1)
    .every((one) => ts.isFunctionDeclaration(one) || ts.isEmptyStatement(one));
}

/** Whether `await` is allowed there. */
export function canAwait({ tree }: Module, node: ts.Node): boolean {
  const fn = functionOf(node);
  return ts.isSourceFile(fn)
    ? tree.statements.some(ts.isImportDeclaration)
    : (ts.getCombinedModifierFlags(fn as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
}

/** The declaration of the one name of a worker; undefined where it has none. */
export function declarationOf({ node, call }: Start): NamedStatement | undefined {
  const declared = (call ?? node).parent;
  if (!ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return undefined;
  const statement = declared.parent.parent;
  return ts.isVariableStatement(statement) ? { name: declared.name.text, statement } : undefined;
}

export interface NamedStatement {
  name: string;
  statement: ts.VariableStatement;
}

/** The name of a worker that is declared in the list of statements around a node, or in one around that. */
export function nameAt(start: Start, node: ts.Node): string | undefined {
  const declared = declarationOf(start);
  if (!declared) return undefined;
  for (let up = node.parent; up; up = up.parent) if (up === declared.statement.parent) return declared.name;
  return undefined;
}
