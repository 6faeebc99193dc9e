// js-debug's sessions of single processes and threads, and which thread each of them stands for.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { threadOf } from '../../../transport/devTools/workerCalls';
import { isSingleTarget } from '../../../transport/probes/node/jsDebugConfiguration';
import type { ThreadId } from '../../../transport/threadId';
import { ANSWERS_WITHIN_MS } from '../asking';
import { withDevTools } from './devTools';
import { threadInName } from './sessionNames';

export class Targets implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  /** With what each stands for once that was asked. */
  private readonly sessions = new Map<vscode.DebugSession, Promise<ThreadId> | undefined>();

  constructor() {
    this.subscriptions = vscode.Disposable.from(
      vscode.debug.onDidStartDebugSession((session) => {
        if (isSingleTarget(session.configuration)) this.sessions.set(session, undefined);
      }),
      vscode.debug.onDidTerminateDebugSession((session) => void this.sessions.delete(session)),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** Of a process or thread that runs, by its id. */
  sessionOf(id: string): vscode.DebugSession | undefined {
    return [...this.sessions.keys()].find((session) => session.id === id);
  }

  /** The thread that a session stands for; undefined where it is none of a single thread, or does not answer. */
  async threadOf(session: vscode.DebugSession): Promise<ThreadId | undefined> {
    return threadInName(session) ?? (isSingleTarget(session.configuration) ? this.ask(session) : undefined);
  }

  async find({ pid, id }: ThreadId): Promise<vscode.DebugSession | undefined> {
    const all = [...this.sessions.keys()];
    const named = all.find((session) => threadInName(session)?.pid === pid && threadInName(session)?.id === id);
    if (named) return named;
    for (const session of all.filter((one) => !threadInName(one))) {
      const thread = await this.ask(session);
      if (thread?.pid === pid && thread.id === id) return session;
    }
    return undefined;
  }

  /** Undefined where it does not answer, or not in time. */
  private async ask(session: vscode.DebugSession): Promise<ThreadId | undefined> {
    const asked = this.sessions.get(session) ?? withDevTools(session, threadOf);
    this.sessions.set(session, asked);
    try {
      return await Promise.race([asked, setTimeout(ANSWERS_WITHIN_MS, undefined)]);
    } catch {
      if (this.sessions.has(session)) this.sessions.set(session, undefined); // asked again the next time
      return undefined;
    }
  }
}
