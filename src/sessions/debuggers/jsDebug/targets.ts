// js-debug's sessions of single processes and threads, and which thread each of them stands for.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { threadOf, type Place } from '../../../transport/devTools/workerCalls';
import { ANSWERS_WITHIN_MS } from '../asking';
import { withDevTools } from './devTools';
import { isSingleTarget } from '../../../transport/probes/node/jsDebugConfiguration';

export class Targets implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  /** With what each stands for once that was asked. */
  private readonly sessions = new Map<vscode.DebugSession, Promise<Place> | undefined>();

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
  async threadOf(session: vscode.DebugSession): Promise<Place | undefined> {
    return placeInName(session) ?? (isSingleTarget(session.configuration) ? this.placeOf(session) : undefined);
  }

  async find({ pid, id }: Place): Promise<vscode.DebugSession | undefined> {
    const all = [...this.sessions.keys()];
    const named = all.find((session) => placeInName(session)?.pid === pid && placeInName(session)?.id === id);
    if (named) return named;
    for (const session of all.filter((one) => !placeInName(one))) {
      const place = await this.placeOf(session);
      if (place?.pid === pid && place.id === id) return session;
    }
    return undefined;
  }

  /** Undefined where it does not answer, or not in time. */
  private async placeOf(session: vscode.DebugSession): Promise<Place | undefined> {
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

/** As js-debug names them: `main.js [4711] « …` and, below it, `Worker 3 « …` or `[worker 3] … « …`. */
function placeInName(session: vscode.DebugSession): Place | undefined {
  const worker = /^(?:Worker |\[worker )(\d+)\b/.exec(session.name)?.[1];
  for (let above: vscode.DebugSession | undefined = session; above; above = above.parentSession) {
    const pid = /\[(\d+)\]$/.exec(above.name.split(' « ', 1)[0]!)?.[1];
    if (pid && (worker || above === session)) return { pid: Number(pid), id: Number(worker ?? 0) };
  }
  return undefined;
}
