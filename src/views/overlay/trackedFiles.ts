// The files that a run's marks stand in, as they ran and as they are edited since. What a file was when it ran is known of
// those that were open then, and of those that were not changed on the disk since.
import { readFileSync, statSync } from 'node:fs';
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { LineTracker } from '../../overlay/lineTracker';

const NEW_LINE = /\r\n|\r|\n/;

export class TrackedFiles implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly trackers = new Map<vscode.TextDocument, LineTracker | undefined>();
  /** When the run that is shown began, in ms since 1970. */
  private began = 0;

  /** @param changed called when lines of a file have moved */
  constructor(changed: () => void) {
    this.store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const tracker = this.trackers.get(document);
        if (!tracker || contentChanges.length === 0) return;
        follow(tracker, document, contentChanges);
        changed();
      }),
    );
    this.store.add(vscode.workspace.onDidCloseTextDocument((document) => void this.trackers.delete(document)));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** From here on marks of a run that began then are shown. */
  begin(began: number): void {
    if (began === this.began) return;
    this.began = began;
    this.trackers.clear();
    for (const document of vscode.workspace.textDocuments) this.of(document);
  }

  /** Undefined: what it was when it ran is not known. */
  of(document: vscode.TextDocument): LineTracker | undefined {
    if (!this.trackers.has(document)) this.trackers.set(document, this.track(document));
    return this.trackers.get(document);
  }

  private track(document: vscode.TextDocument): LineTracker | undefined {
    if (document.uri.scheme !== 'file') return undefined;
    try {
      if (statSync(document.uri.fsPath).mtimeMs > this.began) return undefined;
      // Not saved: what ran is what is on the disk.
      const ran = readFileSync(document.uri.fsPath, 'utf8')
        .replace(/^\uFEFF/, '')
        .split(NEW_LINE);
      const tracker = new LineTracker(ran);
      tracker.replace(0, ran.length - 1, linesIn(document, 0, document.lineCount - 1));
      return tracker;
    } catch {
      return undefined; // it is gone
    }
  }
}

/** Changes of one event are ordered from the last in the file to the first, each in line numbers from before. */
function follow(
  tracker: LineTracker,
  document: vscode.TextDocument,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): void {
  const inOrder = [...changes].sort((a, b) => a.range.start.compareTo(b.range.start));
  let moved = 0;
  const told = inOrder.map(({ range, text }) => {
    const added = text.split(NEW_LINE).length - 1 - (range.end.line - range.start.line);
    const first = range.start.line + moved;
    moved += added;
    return {
      first: range.start.line,
      last: range.end.line,
      now: first,
      count: range.end.line - range.start.line + added,
    };
  });
  for (const { first, last, now, count } of told.reverse())
    tracker.replace(first, last, linesIn(document, now, now + count));
}

function linesIn(document: vscode.TextDocument, first: number, last: number): string[] {
  const lines: string[] = [];
  for (let line = first; line <= Math.min(last, document.lineCount - 1); line++) lines.push(document.lineAt(line).text);
  return lines;
}
