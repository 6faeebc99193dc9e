// What the debugger does to threads, told to whoever keeps the picture of their session: pauses, and what a person asks
// about a thread.
import * as vscode from 'vscode';
import { DEBUG_TYPE, Dap, type DebuggerNote } from '../protocol/adapterEvents';
import { monotonicMicros } from '../transport/clock';
import type { FollowedSessions } from './followedSessions';
import { isSingleTarget } from './probeConfiguration';
import type { Targets } from './targets';

/** js-debug's type of the sessions that stand for one process or thread. */
const TARGET_TYPE = 'pwa-node';

export class DebuggerNotes implements vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(
    private readonly targets: Targets,
    private readonly followed: FollowedSessions,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.registration = vscode.debug.registerDebugAdapterTrackerFactory(TARGET_TYPE, {
      createDebugAdapterTracker: (session) =>
        isSingleTarget(session.configuration) ? pauseTracker((did) => void this.tell(session, did)) : undefined,
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** @param session of the thread itself */
  async tell(session: vscode.DebugSession, did: DebuggerNote['did']): Promise<void> {
    const t = monotonicMicros();
    try {
      const place = await this.targets.threadOf(session);
      if (place) await this.pass(session, { pid: place.pid, tid: place.id, t, did });
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

interface Message {
  type?: string;
  event?: string;
  command?: string;
  success?: boolean;
}

/** A debugger that was asked for these need not tell by an event that the thread goes on. */
const GO_ON = ['continue', 'next', 'stepIn', 'stepOut', 'stepBack', 'reverseContinue', 'goto', 'restartFrame'];

/** A debugger that goes away lets the thread go on. */
function pauseTracker(tell: (did: 'pause' | 'resume') => void): vscode.DebugAdapterTracker {
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
