// Stacks as read-only documents, with links to their lines.
import * as vscode from 'vscode';
import { t } from '../common/l10n';
import type { ThreadStack } from '../sessions/actions/hands';
import { stacksText } from './stacksText';

const SCHEME = 'thread-lifelines-stacks';
/** As stacksText writes them; the place is in the last parentheses of the line. */
const FRAME = /^ {4}at .*\(((?:[a-z]:)?[\\/][^()]*):(\d+):(\d+)\)$/i;

export class StackDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  private readonly registration = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.texts.delete(uri.toString())),
  );
  private readonly texts = new Map<string, string>();
  private count = 0;

  async show(stacks: ThreadStack[]): Promise<void> {
    const path = `/${t('Stacks')} ${++this.count}.txt`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.texts.set(uri.toString(), stacksText(stacks, new Date()));
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const links: vscode.DocumentLink[] = [];
    for (let line = 0; line < document.lineCount; line++) {
      const { text } = document.lineAt(line);
      const found = FRAME.exec(text);
      if (!found) continue;
      const [, file, row, column] = found as unknown as [string, string, string, string];
      const end = text.length - 1;
      const range = new vscode.Range(line, end - `${file}:${row}:${column}`.length, line, end);
      links.push(new vscode.DocumentLink(range, vscode.Uri.file(file).with({ fragment: `${row},${column}` })));
    }
    return links;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
