// String literals of a module by their offsets. Pure.
import ts from 'typescript';
import type { Span, StringLiteral } from '../../language';
import { isOfTypes } from './syntax';

/** The literal around an offset. */
export function literalAt(node: ts.Node, offset: number): StringLiteral | undefined {
  if (offset < node.pos || offset > node.end) return undefined;
  if (ts.isStringLiteralLike(node))
    return offset > node.getStart() && offset < node.getEnd() ? literalOf(node) : undefined;
  return ts.forEachChild(node, (child) => literalAt(child, offset));
}

export function literalsIn(node: ts.Node, span: Span): StringLiteral[] {
  const found: StringLiteral[] = [];
  const look = (one: ts.Node): void => {
    if (one.end < span.start || one.pos > span.end || isOfTypes(one)) return;
    if (ts.isStringLiteralLike(one) && one.getStart() >= span.start && one.end <= span.end) found.push(literalOf(one));
    ts.forEachChild(one, look);
  };
  look(node);
  return found;
}

export const literalOf = (node: ts.StringLiteralLike): StringLiteral => ({
  span: { start: node.getStart() + 1, end: node.getEnd() - 1 },
  text: node.text,
});
