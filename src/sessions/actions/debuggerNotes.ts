// What the debugger does to threads, passed to whoever keeps the picture of their session: pauses, and what a person asks
// about a thread.
import type * as vscode from 'vscode';
import { DEBUG_TYPE, Dap, type DebuggerNote } from '../../protocol/adapterEvents';
import { monotonicMicros } from '../../transport/clock';
import type { ThreadEvent } from '../debuggers/debugger';
import type { Debuggers } from '../debuggers/debuggers';
import type { FollowedSessions } from '../following/followedSessions';

export class DebuggerNotes implements vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(
    debuggers: Debuggers,
    private readonly followed: FollowedSessions,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.registration = debuggers.watch((session, event) => void this.tell(session, event));
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** @param session of the thread */
  async tell(session: vscode.DebugSession, { did, name, thread }: ThreadEvent): Promise<void> {
    const t = monotonicMicros();
    try {
      const found = await thread;
      const named = name === undefined ? {} : { name };
      if (found) await this.pass(session, { pid: found.pid, tid: found.id, t, did, ...named });
    } catch (error) {
      this.log.debug(`${session.name}: ${String(error)}`); // its session has ended meanwhile
    }
  }

  /** To the session above it that has a timeline. */
  private async pass(session: vscode.DebugSession, note: DebuggerNote): Promise<void> {
    let above: vscode.DebugSession | undefined = session;
    while (above && above.type !== DEBUG_TYPE && !this.followed.note(above, note)) above = above.parentSession;
    if (above?.type === DEBUG_TYPE) await above.customRequest(Dap.note, note);
  }
}
