// When a person asks a debugger to stop a program: what it ends of then is no one else's doing.
import * as vscode from 'vscode';
import type { Debuggers } from '../debuggers/debuggers';

interface Message {
  type?: string;
  command?: string;
  event?: string;
}

const STOPS = ['terminate', 'disconnect', 'restart'];

/**
 * @param debuggers which know what is a part of a program
 * @param rootOf the session that is followed, of which the given one is a part
 * @param stopped called with that session before the debugger hears of the request
 */
export function watchStops(
  type: string,
  debuggers: Pick<Debuggers, 'endsProgram'>,
  rootOf: (session: vscode.DebugSession) => vscode.DebugSession | undefined,
  stopped: (root: vscode.DebugSession) => void,
): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory(type, {
    createDebugAdapterTracker: (session) => {
      const root = rootOf(session);
      return root && debuggers.endsProgram(session, root) ? stopTracker(() => stopped(root)) : undefined;
    },
  });
}

/** VS Code disconnects from a session that has ended by itself, too. */
function stopTracker(stopped: () => void): vscode.DebugAdapterTracker {
  let isOver = false;
  return {
    onDidSendMessage: ({ event }: Message) => {
      if (event === 'terminated') isOver = true;
    },
    onWillReceiveMessage: ({ type, command }: Message) => {
      if (!isOver && type === 'request' && STOPS.includes(command!)) stopped();
    },
  };
}
