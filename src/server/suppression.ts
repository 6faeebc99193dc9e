// Comments by which people suppress findings. Pure.
import type { CommentSyntax, Finding, Lines } from './language';

interface Suppression {
  /** Rules; none: all of them. */
  rules: string[];
  /** Counts from 0; absent: the whole file. */
  line?: number;
}

/** Findings without those that a comment turns off. */
export function unsuppressed(findings: readonly Finding[], lines: Lines, comment: CommentSyntax): Finding[] {
  const suppressions = suppressionsIn(lines, comment);
  return suppressions.length === 0 ? [...findings] : findings.filter((one) => !isSuppressed(suppressions, lines, one));
}

function suppressionsIn(lines: Lines, comment: CommentSyntax): Suppression[] {
  const { text } = lines;
  if (!text.includes('thread-lifelines-disable')) return [];
  return [...text.matchAll(patternOf(comment))].map(({ index, 1: where, 2: list }) => {
    const { line } = lines.getLineAndCharacterOfPosition(index);
    const rules = list ? list.split(',').map((rule) => rule.trim()) : [];
    if (where === '-line') return { rules, line };
    return where === '-next-line' ? { rules, line: line + 1 } : { rules };
  });
}

function patternOf({ line, block }: CommentSyntax): RegExp {
  const begin = [line, ...(block ? [block[0]] : [])].map(escaped).join('|');
  const end = ['--[^\\n]*', ...(block ? [escaped(block[1])] : []), '$'].join('|');
  const rules = '[a-z-]+(?:[ \\t]*,[ \\t]*[a-z-]+)*';
  return new RegExp(
    `(?:${begin})[ \\t]*thread-lifelines-disable(-next-line|-line)?(?:[ \\t]+(${rules}))?(?:[ \\t]*(?:${end}))`,
    'gm',
  );
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function isSuppressed(suppressions: readonly Suppression[], lines: Lines, { rule, span }: Finding): boolean {
  const found = lines.getLineAndCharacterOfPosition(span.start).line;
  return suppressions.some(
    ({ rules, line }) => (line === undefined || line === found) && (rules.length === 0 || rules.includes(rule)),
  );
}

/** A comment that turns a rule off for the next line. */
export const nextLineComment = ({ line }: CommentSyntax, rule: string): string =>
  `${line} thread-lifelines-disable-next-line ${rule}`;

/** A comment that turns a rule off for the whole file. */
export function fileComment({ line, block }: CommentSyntax, rule: string): string {
  const text = `thread-lifelines-disable ${rule}`;
  return block ? `${block[0]} ${text} ${block[1]}` : `${line} ${text}`;
}
