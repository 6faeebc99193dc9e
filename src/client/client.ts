// The language client, a bundle of its own: what of the server shows in VS Code.
import type * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { SHOWN_OF_RUN, WORKER_SCRIPTS, type ServerOptions, type ShownOfRun } from '../protocol/serverMessages';

export interface Running {
  stop(): Promise<void>;
  /** Paths. */
  workerScripts(): Promise<string[]>;
  /** The editor shows something else of the run than before. */
  runChanged(): void;
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
  /** What the editor shows of the run; each server that starts is told. */
  shown: () => readonly ShownOfRun[];
}

/** Resolves when the server answers; rejects when it cannot be started. */
export async function startClient(settings: ClientSettings): Promise<Running> {
  const { server, languages, section, log, died, shown } = settings;
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
  const runChanged = (): void => {
    if (client.isRunning()) void client.sendNotification(SHOWN_OF_RUN, shown()).catch(() => undefined);
  };
  client.onDidChangeState(({ newState }) => newState === State.Running && runChanged());
  await client.start();
  return {
    stop: () => client.stop(),
    workerScripts: () => client.sendRequest<string[]>(WORKER_SCRIPTS),
    runChanged,
  };
}
