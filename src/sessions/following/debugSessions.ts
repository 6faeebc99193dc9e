// Follows the debug sessions of our own type: starts and stops their child sessions under js-debug, and feeds what the
// adapter tells into the session store.
import type * as vscode from 'vscode';
import { t } from '../../common/l10n';
import { messageOf } from '../../common/humanError';
import { DisposableStore } from '../../common/disposable';
import {
  DEBUG_TYPE,
  Dap,
  type ChildConfiguration,
  type ChildEnded,
  type StacksRequest,
  type StopRequested,
} from '../../protocol/adapterEvents';
import type { Delta, Snapshot } from '../../protocol/picture';
import type { StacksAnswer } from '../../protocol/stacks';
import type { TracksDelta } from '../../protocol/tracks';
import { monotonicMicros } from '../../transport/clock';
import type { SessionStore } from '../stores/sessionStore';
import type { TrackStore } from '../stores/trackStore';

export class DebugSessions implements vscode.Disposable {
  private readonly store = new DisposableStore();
  /** Parent's session id → its child. */
  private readonly children = new Map<string, vscode.DebugSession>();
  /** Those of our type that run, by their ids. */
  private readonly running = new Map<string, vscode.DebugSession>();
  /** Parents whose adapter has ended: nobody is left to report a child to, or to stop it. */
  private readonly ended = new WeakSet<vscode.DebugSession>();

  constructor(
    private readonly api: Pick<typeof vscode, 'debug' | 'DebugConsoleMode'>,
    private readonly sessions: SessionStore,
    private readonly tracks: Pick<TrackStore, 'add'>,
    private readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>,
  ) {
    this.store.add(api.debug.onDidReceiveDebugSessionCustomEvent((event) => this.receive(event)));
    this.store.add(api.debug.onDidStartDebugSession((session) => this.started(session)));
    this.store.add(api.debug.onDidTerminateDebugSession((session) => this.terminated(session)));
  }

  dispose(): void {
    this.store.dispose();
  }

  private receive({ session, event, body }: vscode.DebugSessionCustomEvent): void {
    if (session.type !== DEBUG_TYPE) return;
    switch (event) {
      case Dap.snapshot:
        this.sessions.setSnapshot(session.id, body as Snapshot);
        break;
      case Dap.delta:
        if (!this.sessions.addDelta(session.id, body as Delta)) void this.resync(session);
        break;
      case Dap.tracks:
        this.tracks.add(session.id, body as TracksDelta);
        break;
      case Dap.startChild:
        void this.startChild(session, body as { configuration: ChildConfiguration; noDebug: boolean });
        break;
      case Dap.stopChild:
        void this.stopChild(session);
        break;
    }
  }

  private async resync(session: vscode.DebugSession): Promise<void> {
    try {
      const snapshot = (await session.customRequest(Dap.getSnapshot)) as Snapshot | undefined;
      if (snapshot) this.sessions.setSnapshot(session.id, snapshot);
    } catch (error) {
      this.log.warn(`The picture of ${session.name} could not be refreshed: ${messageOf(error)}`);
    }
  }

  /** VS Code would give a child started by the adapter's own request our type; its API does not. */
  private async startChild(
    parent: vscode.DebugSession,
    { configuration, noDebug }: { configuration: ChildConfiguration; noDebug: boolean },
  ): Promise<void> {
    this.ended.delete(parent);
    const { name } = parent;
    try {
      // Of two sessions with one name VS Code calls the second “name 2”: the name is the child's while that is added.
      parent.name = t('{0} (timeline)', name);
      const started = await this.api.debug.startDebugging(parent.workspaceFolder, configuration, {
        parentSession: parent,
        compact: true,
        consoleMode: this.api.DebugConsoleMode.MergeWithParent,
        noDebug,
      });
      if (!started) this.tell(parent, { error: t('VS Code did not start it; see the message it showed.') });
    } catch (error) {
      this.tell(parent, { error: messageOf(error) });
    } finally {
      parent.name = name;
    }
  }

  private async stopChild(parent: vscode.DebugSession): Promise<void> {
    const child = this.children.get(parent.id);
    if (child) await this.api.debug.stopDebugging(child);
    else this.tell(parent, {});
  }

  /** The person stops the program by its own debugger: what that ends is no one else's doing. @param child of a parent of ours */
  stopRequested({ parentSession: parent }: vscode.DebugSession): void {
    if (parent?.type !== DEBUG_TYPE || this.ended.has(parent)) return;
    const stop: StopRequested = { t: monotonicMicros() };
    parent.customRequest(Dap.stopRequested, stop).then(undefined, (error: unknown) => {
      this.log.info(`${parent.name} was already gone when it was stopped: ${messageOf(error)}`);
    });
  }

  /** Where the threads of a process of that session are, by its probe; undefined where none of our type runs there. */
  async stacks(id: string, process: string): Promise<StacksAnswer | undefined> {
    const asked: StacksRequest = { process };
    return (await this.running.get(id)?.customRequest(Dap.stacks, asked)) as StacksAnswer | undefined;
  }

  private started(session: vscode.DebugSession): void {
    if (session.type === DEBUG_TYPE) this.running.set(session.id, session);
    const parent = session.parentSession;
    if (parent?.type !== DEBUG_TYPE) return;
    this.children.set(parent.id, session);
    if (this.ended.has(parent)) void this.stopOrphan(parent); // it was on its way while the adapter went
  }

  private terminated(session: vscode.DebugSession): void {
    if (session.type === DEBUG_TYPE) {
      this.running.delete(session.id);
      this.ended.add(session);
      this.sessions.lose(session.id);
      void this.stopOrphan(session);
    }
    const parent = session.parentSession;
    if (parent?.type !== DEBUG_TYPE || this.children.get(parent.id) !== session) return;
    this.children.delete(parent.id);
    this.tell(parent, {});
  }

  /** The adapter is gone, by a crash perhaps: the program must not run on without a session that can stop it. */
  private async stopOrphan(parent: vscode.DebugSession): Promise<void> {
    const child = this.children.get(parent.id);
    this.children.delete(parent.id);
    if (child) await this.api.debug.stopDebugging(child);
  }

  private tell(parent: vscode.DebugSession, ended: ChildEnded): void {
    parent.customRequest(Dap.childEnded, ended).then(undefined, (error: unknown) => {
      this.log.info(`${parent.name} was already gone when its program ended: ${messageOf(error)}`);
    });
  }
}

/** The session below one of our type of which the given one is a part, if any. */
export function childOfOurs(session: vscode.DebugSession): vscode.DebugSession | undefined {
  let child: vscode.DebugSession | undefined = session;
  while (child && child.parentSession?.type !== DEBUG_TYPE) child = child.parentSession;
  return child;
}
