// Follows the debug sessions that are not of our type but have the probe in their program, each by a process of its own,
// and feeds what that tells into the stores: views see no difference.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { DisposableStore } from '../../common/disposable';
import { messageOf } from '../../common/humanError';
import { DEBUG_TYPE, type DebuggerNote } from '../../protocol/adapterEvents';
import type { Notice } from '../../protocol/picture';
import type { FollowOptions } from '../../protocol/followMessages';
import type { StacksAnswer } from '../../protocol/stacks';
import { claimSpool } from '../../transport/spool/spool';
import { modelSettings } from '../configurations/ownType';
import { Follower, type Told } from './followerProcess';
import { spoolOf } from '../../transport/probes/launchEnvironment';
import { DEBUG_TYPES } from '../../transport/probes/probes';
import type { Debuggers } from '../debuggers/debuggers';
import type { SessionStore } from '../stores/sessionStore';
import { watchStops } from './stopRequests';
import type { TrackStore } from '../stores/trackStore';

/** What the stores are fed with. */
export interface Stores {
  sessions: SessionStore;
  tracks: TrackStore;
}

export interface FollowingPaths {
  /** The follower's bundle. */
  script: string;
  /** The extension's folder for spools and recordings of all sessions. */
  storage: string;
}

export class FollowedSessions implements vscode.Disposable {
  private readonly store = new DisposableStore();
  /** By the id of the session that is followed. */
  private readonly followers = new Map<string, Follower>();
  private readonly spools = new Map<string, string>();
  /** Follows a session again once its follower has ended. */
  private readonly waiting = new Map<string, () => void>();
  private readonly firstWorker = new vscode.EventEmitter<vscode.DebugSession>();
  private readonly begun = new vscode.EventEmitter<vscode.DebugSession>();

  /** Fires when a session begins to be followed, before its program has the probe where the debugger brings that in. */
  readonly onDidFollow = this.begun.event;
  /** Fires when the program of a session starts its first worker. */
  readonly onFirstWorker = this.firstWorker.event;

  constructor(
    private readonly paths: FollowingPaths,
    private readonly debuggers: Debuggers,
    private readonly stores: Stores,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.store.add(this.begun);
    this.store.add(this.firstWorker);
    this.store.add(vscode.debug.onDidStartDebugSession((session) => this.started(session)));
    this.store.add(vscode.debug.onDidTerminateDebugSession((session) => this.terminated(session)));
    const rootOf = (session: vscode.DebugSession): vscode.DebugSession | undefined => this.rootOf(session);
    const stopped = (root: vscode.DebugSession): void => this.followers.get(root.id)?.post({ kind: 'stop-requested' });
    for (const type of DEBUG_TYPES) this.store.add(watchStops(type, debuggers, rootOf, stopped));
  }

  dispose(): void {
    for (const follower of this.followers.values()) follower.dispose();
    this.followers.clear();
    this.store.dispose();
  }

  /** Whether this session is one that people start, whose program has the probe by us and not by our own type. */
  isFollowed(session: vscode.DebugSession): boolean {
    const { type, configuration, parentSession } = session;
    return (
      DEBUG_TYPES.includes(type) &&
      parentSession?.type !== DEBUG_TYPE &&
      !this.debuggers.isPart(session) &&
      spoolOf(configuration)?.startsWith(this.paths.storage + path.sep) === true // else it is the person's own to follow
    );
  }

  private rootOf(session: vscode.DebugSession): vscode.DebugSession | undefined {
    let root: vscode.DebugSession | undefined = session;
    while (root && !this.isFollowed(root)) root = root.parentSession;
    return root;
  }

  private started(session: vscode.DebugSession): void {
    if (!this.isFollowed(session)) return;
    const begin = (): void => this.begin(session);
    // Restarted: what followed it before is about to remove the spool, which the configuration names again.
    if (this.followers.has(session.id)) this.waiting.set(session.id, begin);
    else begin();
  }

  private begin(session: vscode.DebugSession): void {
    const { name } = session;
    const { env, runtimeArgs } = session.configuration as Omit<FollowOptions, 'name' | 'locale' | '__storage'>;
    const given = { ...(env ? { env } : {}), ...(runtimeArgs ? { runtimeArgs } : {}) };
    try {
      const spool = spoolOf(session.configuration)!;
      claimSpool(spool, name);
      this.follow(session, spool, { name, ...given, __storage: this.paths.storage });
    } catch (error) {
      this.log.error(`${name} has no timeline: ${messageOf(error)}`);
    }
  }

  /** Where the program of a session writes that is followed, or that has the probe else. */
  spoolOf({ id, configuration }: vscode.DebugSession): string | undefined {
    return this.spools.get(id) ?? spoolOf(configuration);
  }

  /** What the spool reports is shown as this session's, until it ends. */
  follow(session: vscode.DebugSession, spool: string, options: Omit<FollowOptions, 'locale' | 'timeline'>): void {
    const { id, workspaceFolder } = session;
    const timeline = modelSettings(workspaceFolder?.uri);
    const tellWorker = once(() => this.firstWorker.fire(session));
    const follower = new Follower(
      this.paths.script,
      spool,
      { ...options, timeline, locale: vscode.env.language },
      {
        message: (message) => {
          this.receive(id, message);
          if (hasWorker(message)) tellWorker();
        },
        ended: (failure) => {
          if (failure !== undefined) this.log.error(`${options.name} is no longer followed: ${failure}`);
          this.followers.delete(id);
          this.spools.delete(id);
          this.stores.sessions.lose(id);
          this.waiting.get(id)?.();
          this.waiting.delete(id);
        },
      },
    );
    this.followers.set(id, follower);
    this.spools.set(id, spool);
    this.begun.fire(session);
  }

  /** Tells the person something about a session that is followed. */
  notify({ id }: vscode.DebugSession, notice: Notice): void {
    this.followers.get(id)?.post({ kind: 'notify', notice });
  }

  /** What the debugger did to a thread of a session that is followed; false when it is none of those. */
  note({ id }: vscode.DebugSession, note: DebuggerNote): boolean {
    const follower = this.followers.get(id);
    follower?.post({ kind: 'note', note });
    return follower !== undefined;
  }

  /** Where the threads of a process of that session are, by its probe; undefined where it is not followed any more. */
  async stacks(id: string, process: string): Promise<StacksAnswer | undefined> {
    return this.followers.get(id)?.stacks(process);
  }

  private receive(id: string, message: Told): void {
    const { sessions, tracks } = this.stores;
    switch (message.kind) {
      case 'snapshot':
        return sessions.setSnapshot(id, message.snapshot);
      case 'delta':
        if (!sessions.addDelta(id, message.delta)) this.followers.get(id)?.post({ kind: 'resync' });
        return;
      case 'tracks':
        return tracks.add(id, message.tracks);
      case 'summary':
        return this.print(id, message.text);
      case 'problem':
        return this.log.warn(message.text);
      case 'over':
        return;
      default:
        return assertNever(message);
    }
  }

  /** In the Debug Console, which VS Code has for the session alone that has its focus, and as long as that lasts. */
  private print(id: string, text: string): void {
    const { activeDebugSession, activeDebugConsole } = vscode.debug;
    if (activeDebugSession && this.topOf(activeDebugSession).id === id) activeDebugConsole.appendLine(text);
  }

  private topOf(session: vscode.DebugSession): vscode.DebugSession {
    return session.parentSession ? this.topOf(session.parentSession) : session;
  }

  private terminated({ id }: vscode.DebugSession): void {
    this.waiting.delete(id);
    this.followers.get(id)?.post({ kind: 'ended' });
  }
}

function hasWorker(message: Told): boolean {
  const threads =
    message.kind === 'snapshot' ? message.snapshot.threads : message.kind === 'delta' ? message.delta.threads : [];
  return threads.some(({ kind }) => kind === 'worker');
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}
