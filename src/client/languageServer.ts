// Starts the language server and keeps it running. The library that speaks to it is large: its bundle is loaded with the
// first start.
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import type { ShownOfRun } from '../protocol/serverMessages';
import type * as Client from './client';

/** The languages that the server handles. */
export const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python'];
const SECTION = 'threadLifelines.lint';
/** A server that dies again and again is not restarted. */
const MOST_DEATHS = 4;
const DEATHS_WITHIN_MS = 3 * 60_000;

export class LanguageServer implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private running: Promise<Client.Running> | undefined;

  private readonly deaths: number[] = [];
  private shown: readonly ShownOfRun[] = [];

  /** @param bundles paths of those of the server and of the client */
  constructor(
    private readonly bundles: { server: string; client: string },
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

  /** Paths of the scripts that the sources start as workers; none where the server is turned off or cannot be started. */
  async workerScripts(): Promise<string[]> {
    if (!this.running && !vscode.workspace.getConfiguration(SECTION).get('enabled', true)) return [];
    this.run();
    try {
      return await (await this.running!).workerScripts();
    } catch (error) {
      this.log.error(`The language server could not say which scripts are workers: ${messageOf(error)}`);
      return [];
    }
  }

  /** What the editor shows of a run, and the server therefore does not. */
  showsOfRun(shown: readonly ShownOfRun[]): void {
    this.shown = shown;
    void this.running?.then(
      (running) => running.runChanged(),
      () => undefined,
    );
  }

  /** Starts no process for a person who turned it off. */
  private startFor({ languageId, uri }: vscode.TextDocument): void {
    if (this.running || uri.scheme !== 'file' || !LANGUAGES.includes(languageId)) return;
    if (!vscode.workspace.getConfiguration(SECTION, uri).get('enabled', true)) return;
    this.run();
  }

  private run(): void {
    if (this.running) return;
    this.running = Promise.resolve().then(() => this.start());
    this.running.catch((error: unknown) =>
      this.log.error(`The language server could not be started: ${messageOf(error)}`),
    );
  }

  private start(): Promise<Client.Running> {
    const { startClient } = createRequire(__filename)(this.bundles.client) as typeof Client;
    const { server } = this.bundles;
    return startClient({
      server,
      languages: LANGUAGES,
      section: SECTION,
      log: this.log,
      died: () => this.died(Date.now()),
      shown: () => this.shown,
    });
  }

  private died(now: number): boolean {
    this.deaths.push(now);
    const lately = this.deaths.filter((at) => now - at < DEATHS_WITHIN_MS).length;
    const restarts = lately < MOST_DEATHS;
    const message = restarts
      ? t('The Thread Lifelines language server stopped unexpectedly and was restarted.')
      : t('The Thread Lifelines language server stopped unexpectedly {0} times and will not be restarted.', lately);
    const show = t('Show the Log');
    const tell = restarts ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    void tell(message, show).then((chosen) => chosen === show && this.log.show());
    return restarts;
  }
}
