// The exit report as a Markdown document.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../common/l10n';
import { exitReport } from '../model/report/report';
import { linkedFrom, plainSite, reportMarkdown } from '../model/report/markdown';
import type { SessionId } from '../protocol/timelineMessages';
import type { SessionStore } from '../sessions/stores/sessionStore';
import type { ShownSessions } from '../sessions/together/shownSessions';

const noSession = (): void =>
  void vscode.window.showInformationMessage(t('There is no session to report on yet. Start one with F5.'));

export class ReportDocuments implements vscode.Disposable {
  /** Of the shown reports, each in one of its own, by session: links in a preview lead from files to files alone. */
  private readonly folders = new Map<SessionId, string>();

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
    const folder = this.folderOf(shown.id);
    const file = path.join(folder, `${t('Exit report')}.md`);
    fs.writeFileSync(file, this.reportsOf(shown.id, linkedFrom(folder)));
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(file));
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

  private folderOf(session: SessionId): string {
    const known = this.folders.get(session);
    if (known !== undefined && fs.existsSync(known)) return known;
    const made = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'thread-lifelines-report-')));
    this.folders.set(session, made);
    return made;
  }

  /** Of sessions that are shown together one after the other. */
  private reportsOf(id: SessionId, siteOf = plainSite): string {
    const reports = this.shown
      .partsOf(id)
      .map((part) => reportMarkdown(exitReport(part.snapshot, this.sessions.before(part.id)), siteOf));
    return reports.join('\n\n---\n\n');
  }

  dispose(): void {
    for (const folder of this.folders.values()) fs.rmSync(folder, { recursive: true, force: true });
  }
}
