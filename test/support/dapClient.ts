// A debug client as small as can be: speaks DAP on an adapter's stdio, and does what a client does for a child session.
import { spawn, type ChildProcess } from 'node:child_process';
import type { DebugProtocol } from '@vscode/debugprotocol';

/** Longer than anything here takes; reached only by a failure. */
const DEADLINE_MS = 20_000;

type Message = DebugProtocol.ProtocolMessage & { event?: string; body?: unknown; command?: string };

export class DapClient {
  readonly events: DebugProtocol.Event[] = [];
  /** Child configurations that the adapter asked to be started. */
  readonly started: DebugProtocol.StartDebuggingRequestArguments[] = [];
  readonly process: ChildProcess;
  /** Resolves with the exit code when the adapter's process has ended. */
  readonly exited: Promise<number | null>;
  /** What the adapter said on stderr, where nothing belongs. */
  stderr = '';
  /** Carries out `startDebugging`, or tells why not; the default accepts and does nothing. */
  startChild: (configuration: Record<string, unknown>) => Promise<string | undefined> | void = () => undefined;

  private seq = 1;
  private data = Buffer.alloc(0);
  private readonly pending = new Map<number, (response: DebugProtocol.Response) => void>();
  private readonly waiting = new Set<() => void>();

  /** @param adapter a script for Node, or a command with its arguments */
  constructor(adapter: string | string[], env: NodeJS.ProcessEnv = process.env) {
    const [command, ...args] = typeof adapter === 'string' ? [process.execPath, adapter] : adapter;
    this.process = spawn(command!, args, { stdio: 'pipe', env });
    this.process.stdout!.on('data', (chunk: Buffer) => this.receive(chunk));
    this.process.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
  }

  /** The response, also when it says no. */
  request(command: string, args: object = {}): Promise<DebugProtocol.Response> {
    const seq = this.send({ type: 'request', command, arguments: args });
    return withDeadline(new Promise((resolve) => this.pending.set(seq, resolve)), `a response to ${command}`);
  }

  /** The first event that fits, now or later. */
  async event<T = unknown>(name: string, fits: (body: T) => boolean = () => true): Promise<T> {
    const find = (): DebugProtocol.Event | undefined =>
      this.events.find((event) => event.event === name && fits(event.body as T));
    await withDeadline(
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (!find()) return;
          this.waiting.delete(look);
          resolve();
        };
        this.waiting.add(look);
        look();
      }),
      `the event ${name}`,
    );
    return find()!.body as T;
  }

  async initialize(capabilities: object = { supportsStartDebuggingRequest: true }): Promise<void> {
    await this.request('initialize', { adapterID: 'thread-lifelines', pathFormat: 'path', ...capabilities });
  }

  private send(message: object): number {
    const seq = this.seq++;
    const text = JSON.stringify({ seq, ...message });
    this.process.stdin!.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return seq;
  }

  private receive(chunk: Buffer): void {
    this.data = Buffer.concat([this.data, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.data.toString('latin1', 0, 64));
      const length = Number(head?.[1]);
      if (!head || this.data.length < head[0].length + length) return;
      const text = this.data.toString('utf8', head[0].length, head[0].length + length);
      this.data = this.data.subarray(head[0].length + length);
      this.dispatch(JSON.parse(text) as Message);
    }
  }

  private dispatch(message: Message): void {
    if (message.type === 'event') this.events.push(message as DebugProtocol.Event);
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      this.pending.get(response.request_seq)?.(response);
    }
    if (message.type === 'request') void this.answer(message as DebugProtocol.StartDebuggingRequest);
    for (const look of [...this.waiting]) look();
  }

  private async answer({ seq, command, arguments: asked }: DebugProtocol.StartDebuggingRequest): Promise<void> {
    this.started.push(asked);
    const refusal = await this.startChild(asked.configuration);
    const said = refusal === undefined ? {} : { message: refusal };
    this.send({ type: 'response', request_seq: seq, command, success: refusal === undefined, ...said });
  }
}

export async function withDeadline<T>(promise: Promise<T>, what: string, ms = DEADLINE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
