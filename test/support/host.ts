// Parts of the extension’s host in a test without VS Code: its API is a stand-in that keeps what it is told.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { EventEmitter } from './hostApi';

type Load<T> = (modules: Record<string, unknown>) => T;

/** Bundles the files (as they stand in `src`, without ending); what comes runs them, with these modules in place of others. */
export function bundleHost<T>(files: readonly string[]): Load<T> {
  const contents = files.map((file) => `export * from './src/${file}';`).join('\n');
  const built = buildSync({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    external: ['vscode'],
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('module', 'require', '__dirname', built.outputFiles[0]!.text) as (
    module: { exports: unknown },
    require: (name: string) => unknown,
    folder: string,
  ) => void;
  const real = createRequire(path.resolve('package.json'));
  return (modules) => {
    const module = { exports: {} };
    run(module, (name) => modules[name] ?? (real(name) as unknown), path.resolve('dist'));
    return module.exports as T;
  };
}

/** A part of VS Code’s API. What people are told is in `told`, by where. */
export class HostApi {
  readonly told: { at: 'notification' | 'progress' | 'items' | 'problem' | 'status'; text: string }[] = [];
  readonly commands = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  readonly executed: unknown[][] = [];
  readonly settings = new Map<string, unknown>();
  /** What happens when a document is opened. */
  open: (uri: Uri, options?: { viewColumn?: number }) => Promise<void> = () => Promise.resolve();
  /** Whether VS Code starts a debug session. */
  starts = false;
  /** Folder of the workspace. */
  workspaceFolder = '/workspace';

  private tell(at: HostApi['told'][number]['at'], ...texts: unknown[]): undefined {
    for (const text of texts) if (typeof text === 'string') this.told.push({ at, text });
    return undefined;
  }

  /** Columns of editors that there are. */
  readonly columns: { viewColumn: number }[] = [];

  readonly api = {
    EventEmitter,
    Uri,
    ViewColumn: { Active: -1, Beside: -2 },
    ProgressLocation: { Notification: 15, Window: 10 },
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2 },
    Position: class {
      constructor(
        readonly line: number,
        readonly character: number,
      ) {}
    },
    Range: class {
      constructor(
        readonly start: unknown,
        readonly end: unknown,
      ) {}
    },
    Location: class {},
    Disposable: { from: () => ({ dispose: () => undefined }) },
    Diagnostic: class {
      constructor(
        readonly range: unknown,
        readonly message: string,
      ) {}
    },
    DiagnosticRelatedInformation: class {
      constructor(
        readonly location: unknown,
        readonly message: string,
      ) {}
    },
    debug: { startDebugging: () => Promise.resolve(this.starts) },
    commands: {
      registerCommand: (name: string, run: (...args: unknown[]) => Promise<unknown>) => this.commands.set(name, run),
      executeCommand: (...args: unknown[]) => Promise.resolve(void this.executed.push(args)),
    },
    window: {
      visibleTextEditors: [],
      showErrorMessage: (...said: unknown[]) => Promise.resolve(this.tell('notification', ...said)),
      showWarningMessage: (...said: unknown[]) => Promise.resolve(this.tell('notification', ...said)),
      showInformationMessage: (...said: unknown[]) => Promise.resolve(this.tell('notification', ...said)),
      showQuickPick: (items: object[]) =>
        Promise.resolve(items.map((item) => this.tell('items', ...(Object.values(item) as unknown[])) ?? item)[0]),
      withProgress: (
        { title, location }: { title: string; location: number },
        task: (...args: unknown[]) => Promise<unknown>,
      ) => {
        this.tell(location === this.api.ProgressLocation.Window ? 'status' : 'progress', title);
        const report = ({ message }: { message: string }): undefined => this.tell('progress', message);
        return task({ report }, { onCancellationRequested: (done: () => void) => done() });
      },
      showTextDocument: (uri: Uri, options?: { viewColumn?: number }) => this.open(uri, options),
      tabGroups: {
        all: this.columns,
      },
    },
    workspace: {
      textDocuments: [],
      onDidOpenTextDocument: new EventEmitter().event,
      onDidChangeTextDocument: new EventEmitter().event,
      onDidCloseTextDocument: new EventEmitter().event,
      onDidSaveTextDocument: new EventEmitter().event,
      onDidChangeConfiguration: new EventEmitter().event,
      getConfiguration: () => ({ get: (_name: string, otherwise: unknown) => otherwise }),
      getWorkspaceFolder: ({ fsPath }: Uri) => (fsPath.startsWith(`${this.workspaceFolder}/`) ? {} : undefined),
      fs: { writeFile: () => Promise.resolve(), createDirectory: () => Promise.resolve() },
    },
    languages: {
      createDiagnosticCollection: () => ({
        clear: () => undefined,
        dispose: () => undefined,
        set: (_: unknown, found: { message: string; relatedInformation: { message: string }[] }[]) =>
          found.forEach(({ message, relatedInformation }) =>
            this.tell('problem', message, ...relatedInformation.map((one) => one.message)),
          ),
      }),
    },
  };
}

class Uri {
  private constructor(
    readonly scheme: string,
    readonly fsPath: string,
  ) {}
  static file = (file: string): Uri => new Uri('file', file);
  static parse = (text: string): Uri => new Uri(text.slice(0, text.indexOf(':')), text);
  static joinPath = ({ scheme, fsPath }: Uri, ...parts: string[]): Uri =>
    new Uri(scheme, path.posix.join(fsPath, ...parts));
  toString = (): string => `${this.scheme}://${this.fsPath}`;
}
