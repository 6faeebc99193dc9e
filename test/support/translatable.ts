// Every sentence of the sources that can be translated: what stands in calls of `t`, `counted` and
// `tally`, and the rules.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { RULES, type Rule } from '../../src/protocol/rules';

/** Position of the first sentence among the arguments, and how many there are, by the name of the function. */
const SENTENCES: Record<string, [first: number, count: number]> = { t: [0, 1], counted: [1, 2], tally: [1, 2] };

/** @returns English sentences, each with a place that says it, as `file:line` */
export function translatable(folders: string[]): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const [id, rule] of Object.entries<Rule>(RULES)) {
    const { title, explanation, advice, python = {} } = rule;
    for (const text of [title, explanation, advice, ...Object.values(python)]) sentences.set(text, `the rule ${id}`);
  }
  for (const file of folders.flatMap(sources)) {
    const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) collect(node, node.expression.text, source);
      ts.forEachChild(node, visit);
    };
    if (/from '[^']*common\/l10n'|from '\.\/l10n'/.test(source.text)) visit(source);
  }
  return sentences;

  function collect(call: ts.CallExpression, name: string, source: ts.SourceFile): void {
    const [first, count] = SENTENCES[name] ?? [0, 0];
    for (const sentence of call.arguments.slice(first, first + count)) {
      const place = `${source.fileName}:${source.getLineAndCharacterOfPosition(sentence.getStart()).line + 1}`;
      for (const text of literals(sentence, place)) if (!sentences.has(text)) sentences.set(text, place);
    }
  }
}

/** A sentence is a literal, or a choice between two. */
function literals(node: ts.Expression, place: string): string[] {
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue, place), ...literals(node.whenFalse, place)];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression, place);
  if (ts.isStringLiteralLike(node)) return [node.text];
  throw new Error(`${place}: what is translated must be a literal: ${node.getText()}`);
}

const sources = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true })
    .map((file) => path.join(folder, String(file)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith(path.join('common', 'l10n.ts')));
