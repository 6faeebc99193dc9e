// The session that views show follows the debugger's focus, until a person picks another one.
import * as vscode from 'vscode';
import type { SessionStore } from './stores/sessionStore';

export function followFocus(sessions: SessionStore): vscode.Disposable {
  return vscode.debug.onDidChangeActiveDebugSession((focused) => {
    // The focus is on a process or a thread, whose picture is that of the session above it.
    for (let session = focused; session; session = session.parentSession) sessions.choose(session.id);
  });
}
