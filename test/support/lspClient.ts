// A plain client of the language server over stdio, as any editor may be.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { CodeAction, Diagnostic, InitializeResult, TextEdit } from 'vscode-languageserver/node';
import type { ServerOptions } from '../../src/protocol/serverMessages';

export interface LspOptions {
  roots?: string[];
  locale?: string;
  options?: ServerOptions;
  /** What `workspace/configuration` answers; without it the client cannot be asked. */
  configuration?: () => unknown;
}

export const uriOf = (file: string): string => pathToFileURL(file).href;

export class LspClient {
  capabilities: InitializeResult['capabilities'] = {};
  /** Titles of progress that has ended. */
  readonly done: string[] = [];
  /** How often the server asked to be asked again. */
  refreshes = 0;
  private readonly heard = new Set<() => void>();
  private version = 1;

  private constructor(
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
  ) {}

  static async start({ roots = [], locale = 'en', options = {}, configuration }: LspOptions = {}): Promise<LspClient> {
    const server = spawn(process.execPath, [path.resolve('dist/server.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const client = new LspClient(server, connection);
    client.answer(configuration);
    connection.listen();
    const result = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      locale,
      workspaceFolders: roots.map((root) => ({ uri: uriOf(root), name: path.basename(root) })),
      initializationOptions: options,
      capabilities: {
        window: { workDoneProgress: true },
        workspace: {
          configuration: configuration !== undefined,
          workspaceFolders: true,
          diagnostics: { refreshSupport: true },
        },
      },
    });
    client.capabilities = result.capabilities;
    await connection.sendNotification('initialized', {});
    return client;
  }

  private answer(configuration: LspOptions['configuration']): void {
    const { connection } = this;
    const titles = new Map<string, string>();
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => configuration?.()),
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.tell();
      return null;
    });
    connection.onNotification(
      '$/progress',
      ({ token, value }: { token: string; value: { kind: string; title?: string } }) => {
        if (value.title) titles.set(token, value.title);
        if (value.kind === 'end') this.done.push(titles.get(token) ?? '');
        this.tell();
      },
    );
  }

  private tell(): void {
    for (const hear of this.heard) hear();
  }

  /** Resolves when `holds` does; it is looked at after each message of the server's own. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.heard.delete(look);
        resolve();
      };
      this.heard.add(look);
      look();
    });
  }

  open(file: string, text: string): Promise<void> {
    const textDocument = { uri: uriOf(file), languageId: 'javascript', version: 1, text };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Whole, or in the given range. */
  change(file: string, text: string, range?: object): Promise<void> {
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(file), version: ++this.version },
      contentChanges: [range ? { range, text } : { text }],
    });
  }

  async diagnose(file: string): Promise<Diagnostic[]> {
    const asked = { textDocument: { uri: uriOf(file) } };
    return (await this.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', asked)).items;
  }

  /** `line rule`, lines counting from 1. */
  async brief(file: string): Promise<string[]> {
    return (await this.diagnose(file)).map(({ range, code }) => `${range.start.line + 1} ${code}`);
  }

  async actions(file: string, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    const { range } = diagnostics[0]!;
    const asked = { textDocument: { uri: uriOf(file) }, range, context: { diagnostics } };
    return this.connection.sendRequest('textDocument/codeAction', asked);
  }

  ask<T>(method: string, file: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri: uriOf(file) }, ...more });
  }

  /** Asks it to end; its exit code. */
  async close(): Promise<number> {
    const ended = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await ended) as [number];
    this.connection.dispose();
    return code;
  }
}

/** The text after these edits. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  let result = text;
  for (const { range, newText } of [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start)))
    result = result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end));
  return result;
}
