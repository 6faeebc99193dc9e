// The exit report as a read-only Markdown document.
import * as vscode from 'vscode';
import { exitReport } from '../model/report/report';
import { reportMarkdown } from '../model/report/markdown';
import type { SessionStore } from '../sessions/sessionStore';

const SCHEME = 'thread-lifelines-report';

export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly sessions: SessionStore) {}

  async show(): Promise<void> {
    const { chosen } = this.sessions;
    if (!chosen) {
      void vscode.window.showInformationMessage('There is no session to report on yet. Start one with F5.');
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: '/Exit report.md', query: chosen.id });
    this.changes.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  /** As Markdown, to the clipboard. */
  async copy(): Promise<void> {
    const { chosen } = this.sessions;
    if (!chosen) {
      void vscode.window.showInformationMessage('There is no session to report on yet. Start one with F5.');
      return;
    }
    await vscode.env.clipboard.writeText(reportMarkdown(exitReport(chosen.snapshot)));
    void vscode.window.setStatusBarMessage('The exit report is on the clipboard.', 3_000);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const snapshot = this.sessions.get(uri.query);
    return snapshot ? reportMarkdown(exitReport(snapshot)) : 'This session is no longer kept.';
  }

  dispose(): void {
    this.registration.dispose();
    this.changes.dispose();
  }
}
