// The exit report as a read-only Markdown document.
import * as vscode from 'vscode';
import { t } from '../common/l10n';
import { exitReport } from '../model/report/report';
import { linkedSite, reportMarkdown } from '../model/report/markdown';
import type { SessionStore } from '../sessions/stores/sessionStore';

const SCHEME = 'thread-lifelines-report';

const noSession = (): void =>
  void vscode.window.showInformationMessage(t('There is no session to report on yet. Start one with F5.'));

export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly sessions: SessionStore) {}

  async show(): Promise<void> {
    const { chosen } = this.sessions;
    if (!chosen) {
      noSession();
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${t('Exit report')}.md`, query: chosen.id });
    this.changes.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  /** As Markdown, to the clipboard. */
  async copy(): Promise<void> {
    const { chosen } = this.sessions;
    if (!chosen) {
      noSession();
      return;
    }
    await vscode.env.clipboard.writeText(reportMarkdown(exitReport(chosen.snapshot, this.sessions.before(chosen.id))));
    void vscode.window.setStatusBarMessage(t('Exit report copied to the clipboard.'), 3_000);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const snapshot = this.sessions.get(uri.query);
    return snapshot
      ? reportMarkdown(exitReport(snapshot, this.sessions.before(uri.query)), linkedSite)
      : t('This session is no longer available.');
  }

  dispose(): void {
    this.registration.dispose();
    this.changes.dispose();
  }
}
