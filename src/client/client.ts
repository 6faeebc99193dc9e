// The language client, a bundle of its own: what of the server shows in VS Code.
import type * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { WORKER_SCRIPTS, type ServerOptions } from '../protocol/serverMessages';

export interface Running {
  stop(): Promise<void>;
  /** Paths. */
  workerScripts(): Promise<string[]>;
}

export interface ClientSettings {
  /** Path of the server's bundle. */
  server: string;
  languages: readonly string[];
  /** Of the settings that the server asks for. */
  section: string;
  log: vscode.LogOutputChannel;
  /** The server is gone: whether to start it again. */
  died: () => boolean;
}

/** Resolves when the server answers; rejects when it cannot be started. */
export async function startClient({ server, languages, section, log, died }: ClientSettings): Promise<Running> {
  const options: ServerOptions = { showsRules: true, showsPlaces: true };
  const client = new LanguageClient(
    'threadLifelines',
    'Thread Lifelines',
    { module: server, transport: TransportKind.ipc },
    {
      documentSelector: languages.map((language) => ({ scheme: 'file', language })),
      initializationOptions: options,
      synchronize: { configurationSection: section },
      outputChannel: log,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        // The library would report a restart only in the log.
        closed: () => ({ action: died() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
      },
    },
  );
  await client.start();
  return { stop: () => client.stop(), workerScripts: () => client.sendRequest<string[]>(WORKER_SCRIPTS) };
}
