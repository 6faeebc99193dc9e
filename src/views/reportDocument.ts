// The exit report as a read-only Markdown document.
import * as vscode from 'vscode';
import { t } from '../common/l10n';
import { exitReport } from '../model/report/report';
import { linkedSite, plainSite, reportMarkdown } from '../model/report/markdown';
import type { SessionId } from '../protocol/timelineMessages';
import type { SessionStore } from '../sessions/stores/sessionStore';
import type { ShownSessions } from '../sessions/together/shownSessions';

const SCHEME = 'thread-lifelines-report';

const noSession = (): void =>
  void vscode.window.showInformationMessage(t('There is no session to report on yet. Start one with F5.'));

export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly sessions: Pick<SessionStore, 'before'>,
    private readonly shown: Pick<ShownSessions, 'shown' | 'partsOf'>,
  ) {}

  async show(): Promise<void> {
    const { shown } = this.shown;
    if (!shown) {
      noSession();
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${t('Exit report')}.md`, query: shown.id });
    this.changes.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  /** As Markdown, to the clipboard. */
  async copy(): Promise<void> {
    const { shown } = this.shown;
    if (!shown) {
      noSession();
      return;
    }
    await vscode.env.clipboard.writeText(this.reportsOf(shown.id));
    void vscode.window.setStatusBarMessage(t('Exit report copied to the clipboard.'), 3_000);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.reportsOf(uri.query, linkedSite) || t('This session is no longer available.');
  }

  /** Of sessions that are shown together one after the other. */
  private reportsOf(id: SessionId, siteOf = plainSite): string {
    const reports = this.shown
      .partsOf(id)
      .map((part) => reportMarkdown(exitReport(part.snapshot, this.sessions.before(part.id)), siteOf));
    return reports.join('\n\n---\n\n');
  }

  dispose(): void {
    this.registration.dispose();
    this.changes.dispose();
  }
}
