// debugpy's sessions, each of a whole process, and which process that is: it says so by an event.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ANSWERS_WITHIN_MS } from '../asking';

interface Message {
  type?: string;
  event?: string;
  body?: { systemProcessId?: unknown };
}

export class Processes implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private readonly known = new Map<vscode.DebugSession, Told>();
  /** Those that the debugger holds. */
  readonly held = new WeakSet<vscode.DebugSession>();

  constructor() {
    this.subscription = vscode.debug.onDidTerminateDebugSession((session) => void this.known.delete(session));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Hears of the process of a session that is about to start, or to start again. */
  tracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    if (this.known.get(session)?.known !== undefined) this.known.delete(session);
    const told = this.toldOf(session);
    return {
      onDidSendMessage: ({ type, event, body }: Message) => {
        if (type === 'event' && event === 'process') told.tell(Number(body?.systemProcessId) || undefined);
      },
    };
  }

  /** Undefined where it does not say so in time. */
  pidOf(session: vscode.DebugSession): Promise<number | undefined> {
    return Promise.race([this.toldOf(session).pid, setTimeout(ANSWERS_WITHIN_MS, undefined, { ref: false })]);
  }

  sessionOf(id: string): vscode.DebugSession | undefined {
    return [...this.known.keys()].find((session) => session.id === id);
  }

  ofPid(pid: number): vscode.DebugSession | undefined {
    return [...this.known].find(([, told]) => told.known === pid)?.[0];
  }

  private toldOf(session: vscode.DebugSession): Told {
    const known = this.known.get(session);
    if (known) return known;
    const { promise: pid, resolve } = withResolver<number | undefined>();
    const told: Told = {
      pid,
      tell: (found) => {
        told.known = found;
        resolve(found);
      },
    };
    this.known.set(session, told);
    return told;
  }
}

interface Told {
  pid: Promise<number | undefined>;
  known?: number | undefined;
  tell(pid: number | undefined): void;
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
