// "Break on Next Worker or Thread Start" under debugpy: a file in the spool asks the probe, which has debugpy step to the first line of
// the next thread. A request to pause it from here would come too late, and hold all the others too.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../../common/disposable';
import { HOLD_NEXT } from '../../../protocol/spool';
import { DEBUGPY_TYPES } from '../../../transport/probes/python/debugpyConfiguration';
import type { StartBreak } from '../debugger';

/** The sessions whose programs have the probe, or are about to. */
export interface Followed {
  /** Fires when one of them begins to be followed: where the debugger attaches, that is after its start. */
  readonly onDidFollow: vscode.Event<vscode.DebugSession>;
  /** The folder that its program writes into. */
  spoolOf(session: vscode.DebugSession): string | undefined;
}

export class DebugpyStartBreak implements StartBreak {
  private readonly store = new DisposableStore();
  private readonly held = new vscode.EventEmitter<void>();
  private readonly running = new Set<vscode.DebugSession>();
  /** Of the sessions that run while it is armed. */
  private readonly requests = new Set<string>();
  private isArmed = false;

  readonly onDidHold = this.held.event;

  constructor(private readonly followed: Followed) {
    this.store.add(this.held);
    this.store.add(followed.onDidFollow((session) => this.started(session)));
    for (const type of DEBUGPY_TYPES)
      this.store.add(
        vscode.debug.registerDebugAdapterTrackerFactory(type, {
          createDebugAdapterTracker: (session) => ({
            onWillStartSession: () => {
              this.running.add(session);
              this.started(session);
            },
            onDidSendMessage: ({ type: kind, event }: Message) => {
              if (kind === 'event' && event === 'stopped') this.stopped();
            },
            onWillStopSession: () => void this.running.delete(session),
          }),
        }),
      );
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Also of a program that starts later. */
  async arm(): Promise<boolean> {
    this.isArmed = true;
    for (const session of this.running) this.ask(session);
    return this.running.size > 0 || (await vscode.workspace.findFiles('**/*.py', undefined, 1)).length > 0;
  }

  disarm(): void {
    this.isArmed = false;
    for (const request of this.requests) rmSync(request, { force: true });
    this.requests.clear();
  }

  private started(session: vscode.DebugSession): void {
    if (this.isArmed && this.running.has(session)) this.ask(session);
  }

  private ask(session: vscode.DebugSession): void {
    const folder = this.followed.spoolOf(session);
    if (folder === undefined || !existsSync(folder)) return;
    const request = path.join(folder, HOLD_NEXT);
    this.requests.add(request);
    writeFileSync(request, '', { mode: 0o600 });
  }

  /** Whoever starts the thread takes the request away. */
  private stopped(): void {
    if ([...this.requests].some((request) => !existsSync(request))) this.held.fire();
  }
}

interface Message {
  type?: string;
  event?: string;
}
