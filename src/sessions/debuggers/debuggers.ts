// The debuggers that there are, as one.
import * as vscode from 'vscode';
import type { ThreadId } from '../../transport/threadId';
import type { AttachedProgram, Debugger, NamedThread, ThreadControls, ThreadEvent } from './debugger';
import { Debugpy } from './debugpy/debugpy';
import { JsDebug } from './jsDebug/jsDebug';
import type { Sought } from './namesakes';

export class Debuggers implements vscode.Disposable {
  readonly all: readonly Debugger[];

  /** @param bundles folder of the product's bundles */
  constructor(bundles: string) {
    this.all = [new JsDebug(bundles), new Debugpy(bundles)];
  }

  dispose(): void {
    for (const one of this.all) one.dispose();
  }

  of({ type }: vscode.DebugSession): Debugger | undefined {
    return this.all.find(({ types }) => types.includes(type));
  }

  isPart(session: vscode.DebugSession): boolean {
    return this.of(session)?.isPart(session.configuration) === true;
  }

  sessionOf(id: string): vscode.DebugSession | undefined {
    for (const one of this.all) {
      const session = one.sessionOf(id);
      if (session) return session;
    }
    return undefined;
  }

  endsProgram(session: vscode.DebugSession, root: vscode.DebugSession): boolean {
    return this.of(session)?.endsProgram(session, root) === true;
  }

  async threadOf(session: vscode.DebugSession, row?: number): Promise<ThreadId | NamedThread | undefined> {
    return this.of(session)?.threadOf(session, row);
  }

  async find(thread: Sought): Promise<ThreadControls | undefined> {
    for (const one of this.all) {
      const found = await one.find(thread);
      if (found) return found;
    }
    return undefined;
  }

  attachedProgram(session: vscode.DebugSession): AttachedProgram | undefined {
    return this.of(session)?.attachedProgram(session);
  }

  /** Listens to all sessions of threads from now on. */
  watch(tell: (session: vscode.DebugSession, event: ThreadEvent) => void): vscode.Disposable {
    const register = (one: Debugger, type: string): vscode.Disposable =>
      vscode.debug.registerDebugAdapterTrackerFactory(type, {
        createDebugAdapterTracker: (session) => one.watch(session, (event) => tell(session, event)),
      });
    return vscode.Disposable.from(...this.all.flatMap((one) => one.types.map((type) => register(one, type))));
  }
}
