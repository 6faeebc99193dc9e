// The language client: what of the server shows in VS Code.
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  type CloseHandlerResult,
} from 'vscode-languageclient/node';
import { t } from '../common/l10n';
import type { ServerOptions } from '../protocol/serverMessages';

/** One that dies again and again is let be. In ms. */
const MOST_DEATHS = 4;
const DEATHS_WITHIN_MS = 3 * 60_000;

export interface Running {
  stop(): Promise<void>;
}

/** Resolves when it answers; rejects when it cannot be started. */
export async function startClient(
  module: string,
  languages: readonly string[],
  section: string,
  log: vscode.LogOutputChannel,
): Promise<Running> {
  const options: ServerOptions = { showsRules: true, showsPlaces: true };
  const deaths: number[] = [];
  const client = new LanguageClient(
    'threadLifelines',
    'Thread Lifelines',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: languages.map((language) => ({ scheme: 'file', language })),
      initializationOptions: options,
      synchronize: { configurationSection: section },
      outputChannel: log,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => afterDeath(deaths, Date.now(), log),
      },
    },
  );
  await client.start();
  return { stop: () => client.stop() };
}

/** The library would write a restart to the log alone. */
function afterDeath(deaths: number[], now: number, log: vscode.LogOutputChannel): CloseHandlerResult {
  deaths.push(now);
  const lately = deaths.filter((at) => now - at < DEATHS_WITHIN_MS).length;
  const restarts = lately < MOST_DEATHS;
  const message = restarts
    ? t('The language server of Thread Lifelines ended, and was started again.')
    : t('The language server of Thread Lifelines ended {0} times and is not started again.', lately);
  const show = t('Show the Log');
  const tell = restarts ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  void tell(message, show).then((chosen) => chosen === show && log.show());
  return { action: restarts ? CloseAction.Restart : CloseAction.DoNotRestart, message, handled: true };
}
