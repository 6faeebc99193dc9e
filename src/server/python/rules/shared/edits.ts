// Edits of whole statements, of which quick fixes are made. Pure.
import type { TextEdit } from '../../../language';
import type { Module } from '../../source/module';
import { siblingsOf, type Node } from '../../source/syntax';

/** With its line. Undefined where it shares the line, or is all that its block has. */
export function without({ source: { text } }: Module, statement: Node): TextEdit | undefined {
  const start = text.lastIndexOf('\n', statement.start - 1) + 1;
  const end = text.indexOf('\n', statement.end);
  const isAlone =
    text.slice(start, statement.start).trim() === '' &&
    text.slice(statement.end, end < 0 ? undefined : end).trim() === '';
  if (!isAlone || siblingsOf(statement).length < 2) return undefined;
  return { start, end: end < 0 ? text.length : end + 1, text: '' };
}

/** A line of its own before a statement. */
export function lineBefore(module: Module, statement: Node, line: string): TextEdit {
  return { start: statement.start, end: statement.start, text: `${line}\n${indentOf(module, statement)}` };
}

/** A line of its own behind a statement. */
export function lineAfter(module: Module, statement: Node, line: string): TextEdit {
  return { start: statement.end, end: statement.end, text: `\n${indentOf(module, statement)}${line}` };
}

export const instead = ({ start, end }: Node, text: string): TextEdit => ({ start, end, text });

const indentOf = ({ source: { text } }: Module, { start }: Node): string => {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, start))![0];
};
