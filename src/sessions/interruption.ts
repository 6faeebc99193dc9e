// Whether a session ran when the window went away: its recording is kept, and the person should hear of it.
import type * as vscode from 'vscode';
import type { debug } from 'vscode';

/** Workspace state: title of the session that runs; still there at activation when the window was reloaded meanwhile. */
const LIVE_SESSION = 'liveSession';

export class Interruption implements vscode.Disposable {
  /** Title of the session that was cut off when this window was reloaded. */
  readonly title: string | undefined;
  private readonly listeners: vscode.Disposable[];
  /** Ids and names of the sessions that run, oldest first. */
  private readonly live = new Map<string, string>();

  /** @param hasTimeline whether a session is one that leaves a recording */
  constructor(
    private readonly state: vscode.Memento,
    debugApi: typeof debug,
    hasTimeline: (session: vscode.DebugSession) => boolean,
  ) {
    this.title = state.get<string>(LIVE_SESSION);
    void state.update(LIVE_SESSION, undefined);
    this.listeners = [
      debugApi.onDidStartDebugSession((session) => {
        if (!hasTimeline(session)) return;
        this.live.set(session.id, session.name);
        this.keep();
      }),
      debugApi.onDidTerminateDebugSession(({ id }) => {
        if (this.live.delete(id)) this.keep();
      }),
    ];
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private keep(): void {
    void this.state.update(LIVE_SESSION, [...this.live.values()].at(-1));
  }
}
