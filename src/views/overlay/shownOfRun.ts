// Tells the language server what the editor shows of a run, so that the same is not said twice: behind a line that has a
// text no hint, and for a mistake that the run showed no second problem.
import * as vscode from 'vscode';
import type { LanguageServer } from '../../client/languageServer';
import type { ShownOfRun } from '../../protocol/serverMessages';
import type { EditorOverlay } from './editorOverlay';
import type { RunFindings } from './runFindings';

export function tellServer(overlay: EditorOverlay, findings: RunFindings, server: LanguageServer): vscode.Disposable {
  let told = '[]';
  const look = (): void => {
    const shown = shownOfRun(overlay, findings);
    const key = JSON.stringify(shown);
    if (key === told) return;
    told = key;
    server.showsOfRun(shown);
  };
  return vscode.Disposable.from(overlay.onDidDraw(look), findings.onDidDraw(look));
}

function shownOfRun(overlay: EditorOverlay, findings: RunFindings): ShownOfRun[] {
  const lines = new Map<string, number[]>();
  for (const { document } of vscode.window.visibleTextEditors) {
    const own = overlay.textLinesIn(document);
    if (own.length > 0) lines.set(document.uri.toString(), own);
  }
  const uris = new Set([...lines.keys(), ...findings.shown.keys()]);
  return [...uris].map((uri) => ({ uri, lines: lines.get(uri) ?? [], problems: findings.shown.get(uri) ?? [] }));
}
