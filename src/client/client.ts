// The language client: what of the server shows in VS Code.
import type * as vscode from 'vscode';
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
        closed: () => afterDeath(deaths, Date.now()),
      },
    },
  );
  await client.start();
  return { stop: () => client.stop() };
}

function afterDeath(deaths: number[], now: number): CloseHandlerResult {
  deaths.push(now);
  const lately = deaths.filter((at) => now - at < DEATHS_WITHIN_MS).length;
  if (lately < MOST_DEATHS)
    return {
      action: CloseAction.Restart,
      message: t('The language server of Thread Lifelines ended, and was started again.'),
    };
  return {
    action: CloseAction.DoNotRestart,
    message: t(
      'The language server of Thread Lifelines ended {0} times and is not started again. See its log.',
      lately,
    ),
  };
}
