// Starts the language server and keeps it running. The library that speaks to it is large: it is loaded with the first start.
import * as vscode from 'vscode';
import { messageOf } from '../common/humanError';
import type * as Client from './client';

/** Texts in these languages are its business. */
export const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
const SECTION = 'threadLifelines.lint';

export class LanguageServer implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private running: Promise<Client.Running> | undefined;

  /** @param module path of the server's bundle */
  constructor(
    private readonly module: string,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.startFor(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION))
          for (const document of vscode.workspace.textDocuments) this.startFor(document);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.startFor(document);
  }

  dispose(): void {
    this.subscriptions.dispose();
    void this.running?.then(
      (running) => running.stop(),
      () => undefined,
    );
  }

  /** A person who wants none of it has no process for it. */
  private startFor({ languageId, uri }: vscode.TextDocument): void {
    if (this.running || uri.scheme !== 'file' || !LANGUAGES.includes(languageId)) return;
    if (!vscode.workspace.getConfiguration(SECTION, uri).get('enabled', true)) return;
    this.running = this.start();
    this.running.catch((error: unknown) => this.log.error(`The language server was not started: ${messageOf(error)}`));
  }

  private async start(): Promise<Client.Running> {
    const { startClient } = await import('./client');
    return startClient(this.module, LANGUAGES, SECTION, this.log);
  }
}
