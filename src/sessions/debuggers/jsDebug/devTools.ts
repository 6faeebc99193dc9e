// Commands of the Chrome DevTools Protocol to the process or thread of one of js-debug's sessions, by way of its proxy.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { t } from '../../../common/l10n';
import type { Listen, SendCommand } from '../../../transport/devTools/commands';

interface ProxyAddress {
  host: string;
  port: number;
  path?: string;
}

/** What we use of it; not every editor's Node has it. */
interface Socket {
  onopen: () => void;
  onerror: () => void;
  onclose: () => void;
  onmessage: (message: { data: string }) => void;
  send(text: string): void;
  close(): void;
}
const { WebSocket } = globalThis as unknown as { WebSocket?: new (url: string) => Socket };

interface Answer {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** Just started, a session may not have its process yet. */
const ASK_AGAIN_MS = 50;
const TRIES = 20;

/** Runs `use` with a connection, which ends with it. Rejects when there is none to be had. */
export async function withDevTools<T>(
  session: vscode.DebugSession,
  use: (send: SendCommand, listen: Listen) => Promise<T>,
): Promise<T> {
  if (!WebSocket) throw new Error(t('this version of the editor is too old'));
  const { host, port, path = '' } = await addressOf(session);
  const socket = new WebSocket(`ws://${host}:${port}${path}`);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (params: unknown) => void>();
  const fail = (): void => {
    for (const { reject } of waiting.values()) reject(new Error(t('the debugger closed the connection')));
    waiting.clear();
  };
  socket.onclose = socket.onerror = fail;
  socket.onmessage = ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(data) as Answer;
    if (method !== undefined) return listeners.get(method)?.(params);
    const asked = id === undefined ? undefined : waiting.get(id);
    if (!asked) return;
    waiting.delete(id!);
    if (error) asked.reject(new Error(error.message));
    else asked.resolve(result);
  };
  let next = 0;
  const answerOf = (id: number, begin: () => void): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      begin();
    });
  try {
    await answerOf(-1, () => (socket.onopen = () => waiting.get(-1)?.resolve(undefined)));
    waiting.delete(-1);
    const send: SendCommand = (method, params) => {
      const id = ++next;
      return answerOf(id, () => socket.send(JSON.stringify({ id, method, params })));
    };
    return await use(send, async (event, hear) => {
      listeners.set(event, hear);
      await send('JsDebug.subscribe', { events: [event] });
    });
  } finally {
    socket.close();
  }
}

async function addressOf({ id }: vscode.DebugSession): Promise<ProxyAddress> {
  for (let tries = 0; tries < TRIES; tries++) {
    const address = await vscode.commands.executeCommand<ProxyAddress | undefined>(
      'extension.js-debug.requestCDPProxy',
      id,
    );
    if (address) return address;
    await setTimeout(ASK_AGAIN_MS);
  }
  throw new Error(t('the debugger gave no access to the program'));
}
