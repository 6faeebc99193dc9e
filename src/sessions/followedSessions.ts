// Follows the debug sessions that are not of our type but have the probe in their program, each by a process of its own,
// and feeds what that tells into the stores: views see no difference.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../common/disposable';
import { messageOf } from '../common/humanError';
import { DEBUG_TYPE } from '../protocol/adapterEvents';
import type { FollowOptions, FromFollower } from '../protocol/followMessages';
import { claimSpool } from '../transport/spool';
import { Follower } from './follower';
import { NODE_TYPES } from './everySession';
import { isSingleTarget, spoolOf } from './probeConfiguration';
import type { SessionStore } from './sessionStore';
import { watchStops } from './stopRequests';
import type { TrackStore } from './trackStore';

/** What the stores are fed with. */
export interface Stores {
  sessions: SessionStore;
  tracks: TrackStore;
}

export class FollowedSessions implements vscode.Disposable {
  private readonly store = new DisposableStore();
  /** By the id of the session that is followed. */
  private readonly followers = new Map<string, Follower>();

  /**
   * @param script path of the follower's bundle
   * @param storage the extension's folder for spools and recordings of all sessions
   */
  constructor(
    private readonly script: string,
    private readonly storage: string,
    private readonly stores: Stores,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.store.add(vscode.debug.onDidStartDebugSession((session) => this.started(session)));
    this.store.add(vscode.debug.onDidTerminateDebugSession((session) => this.terminated(session)));
    const rootOf = (session: vscode.DebugSession): vscode.DebugSession | undefined => this.rootOf(session);
    const stopped = (root: vscode.DebugSession): void => this.followers.get(root.id)?.post({ kind: 'stop-requested' });
    for (const type of NODE_TYPES) this.store.add(watchStops(type, rootOf, stopped));
  }

  dispose(): void {
    for (const follower of this.followers.values()) follower.dispose();
    this.followers.clear();
    this.store.dispose();
  }

  /** Whether this session is one that people start, whose program has the probe by us and not by our own type. */
  isFollowed({ type, configuration, parentSession }: vscode.DebugSession): boolean {
    return (
      NODE_TYPES.some((known) => known === type) &&
      parentSession?.type !== DEBUG_TYPE &&
      !isSingleTarget(configuration) &&
      spoolOf(configuration)?.startsWith(this.storage + path.sep) === true // else it is the person's own to follow
    );
  }

  private rootOf(session: vscode.DebugSession): vscode.DebugSession | undefined {
    let root: vscode.DebugSession | undefined = session;
    while (root && !this.isFollowed(root)) root = root.parentSession;
    return root;
  }

  private started(session: vscode.DebugSession): void {
    if (!this.isFollowed(session)) return;
    const { id, name } = session;
    const configuration = session.configuration as Omit<FollowOptions, 'name' | '__storage'>;
    const { env, runtimeArgs } = configuration;
    try {
      // A session that is restarted keeps its configuration, and its spool went with its first end.
      const spool = spoolOf(session.configuration)!;
      claimSpool(spool, name);
      this.follow(id, spool, {
        name,
        ...(env ? { env } : {}),
        ...(runtimeArgs ? { runtimeArgs } : {}),
        __storage: this.storage,
      });
    } catch (error) {
      this.log.error(`${name} has no timeline: ${messageOf(error)}`);
    }
  }

  private follow(id: string, spool: string, options: FollowOptions): void {
    // Of a session that is restarted the process that followed it before may still have to say something.
    const isCurrent = (): boolean => this.followers.get(id) === follower;
    const follower: Follower = new Follower(this.script, spool, options, {
      message: (message) => isCurrent() && this.receive(id, follower, message),
      ended: (failure) => {
        if (failure !== undefined) this.log.error(`${options.name} is not followed any more: ${failure}`);
        if (!isCurrent()) return;
        this.followers.delete(id);
        this.stores.sessions.lose(id);
      },
    });
    this.followers.set(id, follower);
  }

  private receive(id: string, follower: Follower, message: FromFollower): void {
    const { sessions, tracks } = this.stores;
    switch (message.kind) {
      case 'snapshot':
        return sessions.setSnapshot(id, message.snapshot);
      case 'delta':
        if (!sessions.addDelta(id, message.delta)) follower.post({ kind: 'resync' });
        return;
      case 'tracks':
        return tracks.add(id, message.tracks);
      case 'problem':
        return this.log.warn(message.text);
      case 'over':
        return;
    }
  }

  private terminated({ id }: vscode.DebugSession): void {
    this.followers.get(id)?.post({ kind: 'ended' });
  }
}
