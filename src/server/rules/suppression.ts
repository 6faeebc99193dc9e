// Comments by which people say that a finding is none. Pure.
import type ts from 'typescript';
import type { Finding } from './check';

interface Suppression {
  /** Rules; none: all of them. */
  rules: string[];
  /** Counts from 0; absent: the whole file. */
  line?: number;
}

const COMMENT =
  /(?:\/\/|\/\*)[ \t]*thread-lifelines-disable(-next-line|-line)?(?:[ \t]+([a-z-]+(?:[ \t]*,[ \t]*[a-z-]+)*))?(?:[ \t]*(?:--[^\n]*|\*\/|$))/gm;

export function suppressionsIn(tree: ts.SourceFile): Suppression[] {
  const { text } = tree;
  if (!text.includes('thread-lifelines-disable')) return [];
  return [...text.matchAll(COMMENT)].map(({ index, 1: where, 2: list }) => {
    const { line } = tree.getLineAndCharacterOfPosition(index);
    const rules = list ? list.split(',').map((rule) => rule.trim()) : [];
    if (where === '-line') return { rules, line };
    return where === '-next-line' ? { rules, line: line + 1 } : { rules };
  });
}

export function isSuppressed(
  suppressions: readonly Suppression[],
  tree: ts.SourceFile,
  { rule, span }: Finding,
): boolean {
  if (suppressions.length === 0) return false;
  const found = tree.getLineAndCharacterOfPosition(span.start).line;
  return suppressions.some(
    ({ rules, line }) => (line === undefined || line === found) && (rules.length === 0 || rules.includes(rule)),
  );
}
