// Offsets in a text as positions of the protocol, and back.
import type { Position, Range } from 'vscode-languageserver/node';
import type { Lines, Span } from '../language';

export const positionOf = (lines: Lines, offset: number): Position => {
  const { line, character } = lines.getLineAndCharacterOfPosition(offset);
  return { line, character };
};

export const rangeOf = (lines: Lines, { start, end }: Span): Range => ({
  start: positionOf(lines, start),
  end: positionOf(lines, end),
});

/** -1 where the text has no such line. */
export function offsetOf(lines: Lines, { line, character }: Position): number {
  const start = lines.getLineStarts()[line];
  return start === undefined ? -1 : Math.min(start + character, lines.text.length);
}

/** Both ends count: a cursor after the last character is still there. */
export const touches = ({ start, end }: Span, offset: number): boolean => offset >= start && offset <= end;
