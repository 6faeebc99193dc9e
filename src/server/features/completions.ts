// Completes the path of a worker's script.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CompletionItemKind, type CompletionItem, type Position } from 'vscode-languageserver/node';
import type { Language, Reading, StringLiteral } from '../language';
import { languageOf, LEFT_OUT } from '../languages';
import type { Project } from '../project';
import { offsetOf, rangeOf, touches } from './positions';

/** Scripts and folders beside the module, in the string that names the script of a worker. */
export function pathsAt(project: Project, file: string, position: Position): CompletionItem[] {
  const read = project.read(file);
  if (!read) return [];
  const offset = offsetOf(read.lines, position);
  const literal = literalAt(read, offset);
  if (!literal) return [];
  const typed = literal.text.slice(0, Math.max(0, offset - literal.span.start));
  const inner = rangeOf(read.lines, literal.span);
  const folder = path.resolve(path.dirname(file), typed.replace(/[^/]*$/, ''));
  return entriesOf(folder, languageOf(file))
    .filter((one) => one !== file)
    .map((one) => item(one, path.dirname(file), inner));
}

/** A string within what names a script; of `path.join(__dirname, …)` too. */
const literalAt = (read: Reading, offset: number): StringLiteral | undefined =>
  read.scripts.some(({ script }) => script && touches(script, offset)) ? read.stringAt(offset) : undefined;

function entriesOf(folder: string, language: Language | undefined): string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && !LEFT_OUT.has(entry.name))
      .filter((entry) => entry.isDirectory() || language?.isSource(entry.name))
      .map((entry) => path.join(folder, entry.name) + (entry.isDirectory() ? '/' : ''));
  } catch {
    return []; // there is no such folder
  }
}

function item(entry: string, folder: string, range: ReturnType<typeof rangeOf>): CompletionItem {
  const isFolder = entry.endsWith('/');
  const relative = path.relative(folder, entry).split(path.sep).join('/') + (isFolder ? '/' : '');
  const newText = relative.startsWith('.') ? relative : `./${relative}`;
  return {
    label: newText,
    kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    filterText: newText,
    textEdit: { range, newText },
  };
}
