// Texts of open editors as the client sends them, and the mapping between its URIs and paths.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  DidChangeTextDocumentParams,
  DidOpenTextDocumentParams,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { Edited } from './language';
import type { Project } from './project';

export class Documents {
  private readonly open = new Map<string, TextDocument>();

  constructor(private readonly project: Project) {}

  opened({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): void {
    const file = pathOf(uri);
    if (file === undefined) return;
    this.open.set(file, TextDocument.create(uri, languageId, version, text));
    this.project.setText(file, text);
  }

  changed({ textDocument: { uri, version }, contentChanges }: DidChangeTextDocumentParams): void {
    const file = pathOf(uri);
    const document = file === undefined ? undefined : this.open.get(file);
    if (!document) return;
    const edited = contentChanges.length === 1 ? editedBy(document, contentChanges[0]!) : undefined;
    const after = TextDocument.update(document, contentChanges, version);
    this.open.set(file!, after);
    this.project.setText(file!, after.getText(), edited);
  }

  closed(uri: string): void {
    const file = pathOf(uri);
    if (file === undefined || !this.open.delete(file)) return;
    this.project.setText(file, undefined);
  }

  versionOf(file: string): number | null {
    return this.open.get(file)?.version ?? null;
  }

  /** The URI that the client uses, where it has opened the file. */
  uriOf(file: string): string {
    return this.open.get(file)?.uri ?? pathToFileURL(file).href;
  }
}

/** Undefined for anything that is not a file on disk. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined; // of another machine
  }
}

function editedBy(document: TextDocument, change: TextDocumentContentChangeEvent): Edited | undefined {
  if (!('range' in change)) return undefined;
  const { start, end } = change.range;
  return { start: document.offsetAt(start), end: document.offsetAt(end), length: change.text.length };
}
