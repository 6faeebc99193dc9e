// When a debugger holds what a session stands for, and lets it go.
import type * as vscode from 'vscode';

interface Message {
  type?: string;
  event?: string;
  command?: string;
  success?: boolean;
}

/** A debugger that was asked for these need not tell by an event that the thread goes on. */
const GO_ON = ['continue', 'next', 'stepIn', 'stepOut', 'stepBack', 'reverseContinue', 'goto', 'restartFrame'];

/** A debugger that goes away lets the thread go on. */
export function pauseTracker(tell: (did: 'pause' | 'resume') => void): vscode.DebugAdapterTracker {
  let isPaused = false;
  const become = (paused: boolean): void => {
    if (paused === isPaused) return;
    isPaused = paused;
    tell(paused ? 'pause' : 'resume');
  };
  return {
    onDidSendMessage: ({ type, event, command, success }: Message) => {
      if (type === 'response' && success && GO_ON.includes(command!)) become(false);
      if (type !== 'event') return;
      if (event === 'stopped') become(true);
      if (event === 'continued' || event === 'terminated') become(false);
    },
  };
}
