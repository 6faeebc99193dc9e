// Offsets in a text as positions of the protocol, and back.
import ts from 'typescript';
import type { Position, Range } from 'vscode-languageserver/node';
import type { SourceFile, Span } from '../source/syntax';

export const positionOf = (tree: SourceFile, offset: number): Position => {
  const { line, character } = tree.getLineAndCharacterOfPosition(offset);
  return { line, character };
};

export const rangeOf = (tree: SourceFile, { start, end }: Span): Range => ({
  start: positionOf(tree, start),
  end: positionOf(tree, end),
});

/** -1 where the text has no such line. */
export function offsetOf(tree: SourceFile, { line, character }: Position): number {
  const starts = tree.getLineStarts();
  const start = starts[line];
  return start === undefined ? -1 : Math.min(start + character, tree.text.length);
}

/** The string that is typed at an offset, without its quotes. */
export function stringAt(node: ts.Node, offset: number): ts.StringLiteralLike | undefined {
  if (offset < node.pos || offset > node.end) return undefined;
  if (ts.isStringLiteralLike(node)) return offset > node.getStart() && offset < node.getEnd() ? node : undefined;
  return ts.forEachChild(node, (child) => stringAt(child, offset));
}
