// Whether a session ran when the window went away: its recording is kept, and the person should hear of it.
import type * as vscode from 'vscode';
import { DEBUG_TYPE } from '../protocol/adapterEvents';
import type { debug } from 'vscode';

/** Workspace state: title of the session that runs; still there at activation when the window was reloaded meanwhile. */
const LIVE_SESSION = 'liveSession';

export class Interruption implements vscode.Disposable {
  /** Title of the session that was cut off when this window was reloaded. */
  readonly title: string | undefined;
  private readonly listeners: vscode.Disposable[];

  constructor(state: vscode.Memento, debugApi: typeof debug) {
    this.title = state.get<string>(LIVE_SESSION);
    void state.update(LIVE_SESSION, undefined);
    this.listeners = [
      debugApi.onDidStartDebugSession((session) => {
        if (session.type === DEBUG_TYPE) void state.update(LIVE_SESSION, session.name);
      }),
      debugApi.onDidTerminateDebugSession((session) => {
        if (session.type === DEBUG_TYPE) void state.update(LIVE_SESSION, undefined);
      }),
    ];
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }
}
