// What the debugger does to threads, told to whoever keeps the picture of their session: pauses, and what a person asks
// about a thread.
import * as vscode from 'vscode';
import { DEBUG_TYPE, Dap, type DebuggerNote } from '../../protocol/adapterEvents';
import { monotonicMicros } from '../../transport/clock';
import type { FollowedSessions } from '../following/followedSessions';
import { isSingleTarget } from '../../transport/probes/node/jsDebugConfiguration';
import type { Targets } from '../debuggers/jsDebug/targets';

/** js-debug's types of the sessions that stand for one process or thread. */
export const TARGET_TYPES = ['pwa-node', 'node-terminal'];

export class DebuggerNotes implements vscode.Disposable {
  private readonly registrations: vscode.Disposable;

  constructor(
    private readonly targets: Targets,
    private readonly followed: FollowedSessions,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const factory: vscode.DebugAdapterTrackerFactory = {
      createDebugAdapterTracker: (session) => {
        if (!isSingleTarget(session.configuration)) return undefined;
        const name = nameOf(session);
        if (name !== undefined) void this.tell(session, 'named', name);
        return pauseTracker((did) => void this.tell(session, did));
      },
    };
    this.registrations = vscode.Disposable.from(
      ...TARGET_TYPES.map((type) => vscode.debug.registerDebugAdapterTrackerFactory(type, factory)),
    );
  }

  dispose(): void {
    this.registrations.dispose();
  }

  /** @param session of the thread itself */
  async tell(session: vscode.DebugSession, did: DebuggerNote['did'], name?: string): Promise<void> {
    const t = monotonicMicros();
    try {
      const place = await this.targets.threadOf(session);
      const said = name === undefined ? {} : { name };
      if (place) await this.pass(session, { pid: place.pid, tid: place.id, t, did, ...said });
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

/** As js-debug names the session of a worker that has a name: `[worker 3] parser « …`. */
const nameOf = ({ name }: vscode.DebugSession): string | undefined =>
  /^\[worker \d+\] (.+)$/s.exec(name.split(' « ', 1)[0]!)?.[1];

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
