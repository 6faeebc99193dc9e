// When the script of a worker is moved, modules that start it get its new path.
import * as path from 'node:path';
import ts from 'typescript';
import type { TextEdit } from 'vscode-languageserver/node';
import type { Project } from '../project';
import { eachNode } from '../source/syntax';
import { rangeOf } from './positions';
import type { UriOf } from './starts';

/** Edits by the URIs of the files that they are in. Paths that are put together from parts are left as they are. */
export function editsForMove(project: Project, from: string, to: string, uriOf: UriOf): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const starter of project.startersOf(from)) {
    const read = project.read(starter);
    if (!read || starter === from) continue;
    const { tree } = read.module;
    const literals = new Map<ts.StringLiteralLike, string>();
    for (const reference of read.scripts) {
      if (!reference.script || reference.call || project.targetOf(reference, starter) !== from) continue;
      const literal = literalIn(reference.script);
      if (literal) literals.set(literal, project.baseOf(reference, starter));
    }
    const edits = [...literals].flatMap(([literal, folder]) => {
      const text = renamed(literal.text, folder, from, to);
      const inner = { start: literal.getStart() + 1, end: literal.getEnd() - 1 };
      return text === undefined ? [] : { range: rangeOf(tree, inner), newText: text };
    });
    if (edits.length > 0) changes[uriOf(starter)] = edits;
  }
  return changes;
}

/** The one literal with a path in it. */
function literalIn(script: ts.Expression): ts.StringLiteralLike | undefined {
  const found: ts.StringLiteralLike[] = [];
  if (ts.isStringLiteralLike(script)) found.push(script);
  eachNode(script, (node) => {
    if (ts.isStringLiteralLike(node)) found.push(node);
  });
  return found.length === 1 ? found[0] : undefined;
}

function renamed(text: string, folder: string, from: string, to: string): string | undefined {
  const extension = path.extname(text);
  const isOf = (file: string): boolean => path.resolve(folder, text) === file;
  const asNamed = (file: string): string => file.slice(0, file.length - path.extname(file).length) + extension;
  if (!isOf(from) && !isOf(asNamed(from))) return undefined;
  const kept = path.extname(from) === path.extname(to) ? asNamed(to) : to;
  const relative = path.relative(folder, kept).split(path.sep).join('/');
  return text.startsWith('.') && !relative.startsWith('.') ? `./${relative}` : relative;
}
