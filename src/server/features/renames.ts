// When the script of a worker is moved, modules that start it get its new path.
import * as path from 'node:path';
import type { TextEdit } from 'vscode-languageserver/node';
import type { ScriptSpan, StringLiteral } from '../language';
import type { Project } from '../project';
import { rangeOf } from './positions';
import type { UriOf } from './starts';

/** Edits by the URI of the file. Paths that are joined from parts are not changed. */
export function editsForMove(project: Project, from: string, to: string, uriOf: UriOf): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const starter of project.startersOf(from)) {
    const read = project.read(starter);
    if (!read || starter === from) continue;
    const literals = new Map<number, { literal: StringLiteral; folder: string }>();
    for (const reference of read.scripts) {
      if (!reference.script || isGiven(reference) || project.targetOf(reference, starter) !== from) continue;
      const [literal, ...others] = read.stringsIn(reference.script);
      if (!literal || others.length > 0) continue; // put together from parts
      literals.set(literal.span.start, { literal, folder: project.baseOf(reference, starter) });
    }
    const edits = [...literals.values()].flatMap(({ literal, folder }) => {
      const text = renamed(literal.text, folder, from, to);
      return text === undefined ? [] : { range: rangeOf(read.lines, literal.span), newText: text };
    });
    if (edits.length > 0) changes[uriOf(starter)] = edits;
  }
  return changes;
}

/** An argument of a function names it, which may make another path of it. */
const isGiven = ({ script, call }: ScriptSpan): boolean =>
  call !== undefined && script !== undefined && script.start >= call.start && script.end <= call.end;

function renamed(text: string, folder: string, from: string, to: string): string | undefined {
  const extension = path.extname(text);
  const isOf = (file: string): boolean => path.resolve(folder, text) === file;
  const asNamed = (file: string): string => file.slice(0, file.length - path.extname(file).length) + extension;
  if (!isOf(from) && !isOf(asNamed(from))) return undefined;
  const kept = path.extname(from) === path.extname(to) ? asNamed(to) : to;
  const relative = path.relative(folder, kept).split(path.sep).join('/');
  return text.startsWith('.') && !relative.startsWith('.') ? `./${relative}` : relative;
}
