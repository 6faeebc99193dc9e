// Edits of whole statements, of which quick fixes are made. Pure.
import type { Span, TextEdit } from '../../../language';
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

/** A line of its own above a statement and the comments that stand on top of it, with room between them. */
export function lineAbove({ source: { text } }: Module, statement: Node, line: string): TextEdit {
  const comments = /(?:(?<=^|\n)[ \t]*#[^\n]*\n)*$/.exec(text.slice(0, statement.start))!.index;
  return { start: comments, end: comments, text: `${line}\n\n\n` };
}

/** What makes the name of a module known in front of a node; undefined: it is taken by something else. */
export function imported(module: Module, name: string, before: Node): TextEdit[] | undefined {
  const [known] = module.scopes.inModule(name)?.definitions ?? [];
  if (known) return known.imported === name && known.node.start < before.start ? [] : undefined;
  const first = module.source.root.children.find(
    (one) => one.type === 'ImportStatement' && !/^from\s+__future__\b/.test(module.textOf(one)),
  );
  const isFree = first && first.start < before.start && freshName(module, name) && beginsLine(module, first);
  return isFree ? [lineBefore(module, first, `import ${name}`)] : undefined;
}

/** Lines of their own behind a statement, and behind its comment. */
export function lineAfter(module: Module, statement: Node, ...lines: string[]): TextEdit {
  const { text } = module.source;
  const end = statement.start + module.textOf(statement).trimEnd().length;
  const [rest] = /^[^\r\n]*/.exec(text.slice(end))!;
  const at = /^\s*#/.test(rest) ? end + rest.length : end;
  return { start: at, end: at, text: lines.map((line) => `\n${indentOf(module, statement)}${line}`).join('') };
}

export const instead = ({ start, end }: Span, text: string): TextEdit => ({ start, end, text });

/** Nothing is before it on its line. */
export const beginsLine = ({ source: { text } }: Module, { start }: Node): boolean =>
  /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));

/** The first of some names that stands nowhere in the module. */
export const freshName = ({ source: { text } }: Module, ...names: string[]): string | undefined =>
  names.find((name) => !new RegExp(`\\b${name}\\b`).test(text));

export const indentOf = ({ source: { text } }: Module, { start }: Node): string => {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, start))![0];
};
