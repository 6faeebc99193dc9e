// What the host knows of the sessions of this window: one snapshot each, kept up by deltas. Views are pictures of it.
import type * as vscode from 'vscode';
import { t } from '../../common/l10n';
import { briefOf } from '../../model/report/outcome';
import { outOfContact } from '../../model/conclusions/lostContact';
import { applyDelta, type Delta, type Snapshot } from '../../protocol/picture';
import type { SessionChoice, SessionId } from '../../protocol/timelineMessages';

/** Sessions that have ended are kept for looking at, the newest of them. */
const SESSIONS_KEPT = 5;

export interface Session {
  readonly id: SessionId;
  readonly snapshot: Snapshot;
  /** When it was first heard of, in µs on the adapter's clock. */
  readonly since: number;
  /** It was over when it was first heard of: a recording, whose clock may be that of another machine. */
  readonly isRecording: boolean;
}

export type SessionChange =
  | { kind: 'snapshot'; session: SessionId; snapshot: Snapshot }
  | { kind: 'delta'; session: SessionId; delta: Delta }
  | { kind: 'chosen'; session: SessionId | undefined };

export class SessionStore implements vscode.Disposable {
  private readonly sessions = new Map<SessionId, Session>();
  private readonly changes: vscode.EventEmitter<SessionChange>;
  private readonly forgotten: vscode.EventEmitter<SessionId>;
  private chosenId: SessionId | undefined;

  readonly onDidChange: vscode.Event<SessionChange>;
  readonly onDidForget: vscode.Event<SessionId>;

  constructor({ EventEmitter }: Pick<typeof vscode, 'EventEmitter'>) {
    this.changes = new EventEmitter();
    this.forgotten = new EventEmitter();
    this.onDidChange = this.changes.event;
    this.onDidForget = this.forgotten.event;
  }

  /** The session that views show. */
  get chosen(): { id: SessionId; snapshot: Snapshot } | undefined {
    return this.chosenId === undefined ? undefined : this.sessions.get(this.chosenId);
  }

  get all(): Session[] {
    return [...this.sessions.values()];
  }

  /** Sessions of the same title are numbered, the oldest first. */
  get titles(): ReadonlyMap<SessionId, string> {
    const seen = new Map<string, number>();
    const titles = new Map<SessionId, string>();
    for (const { id, snapshot } of this.sessions.values()) {
      const { title } = snapshot;
      const count = (seen.get(title) ?? 0) + 1;
      seen.set(title, count);
      titles.set(id, count === 1 ? title : `${title} (${count})`);
    }
    return titles;
  }

  /** Oldest first. */
  get choices(): SessionChoice[] {
    const { titles } = this;
    return this.all.map(({ id, snapshot }) => {
      const { complete, processes } = snapshot;
      const wall = processes.find((process) => process.wall > 0)?.wall;
      return {
        id,
        title: titles.get(id)!,
        live: !complete,
        ...(wall === undefined ? {} : { wall }),
        ...(complete ? { brief: briefOf(snapshot) } : {}),
      };
    });
  }

  /** The run of the same program before this one, where both are over. */
  before(id: SessionId): Snapshot | undefined {
    const own = this.get(id);
    const others = [...this.sessions.values()].filter(({ snapshot }) => snapshot.title === own?.title);
    const before = others[others.findIndex((session) => session.id === id) - 1]?.snapshot;
    return own?.complete && before?.complete ? before : undefined;
  }

  get(id: SessionId): Snapshot | undefined {
    return this.sessions.get(id)?.snapshot;
  }

  /** A session that is new is shown at once. */
  setSnapshot(id: SessionId, snapshot: Snapshot): void {
    const before = this.sessions.get(id);
    const isNew = !before;
    this.sessions.delete(id); // the newest stand last
    this.sessions.set(id, { id, snapshot, ...firstHeard(snapshot, before) });
    this.forgetOld();
    if (isNew) this.chosenId = id;
    this.changes.fire({ kind: 'snapshot', session: id, snapshot });
    if (isNew) this.changes.fire({ kind: 'chosen', session: id });
  }

  /** Returns false when a delta before this one was missed: ask for a snapshot. */
  addDelta(id: SessionId, delta: Delta): boolean {
    const session = this.sessions.get(id);
    const snapshot = session && applyDelta(session.snapshot, delta);
    if (!session || !snapshot) return false;
    this.sessions.set(id, { ...session, snapshot });
    this.changes.fire({ kind: 'delta', session: id, delta });
    return true;
  }

  /** The adapter went away without a last delta: nothing more will be heard, and what lived is unknown now. */
  lose(id: SessionId): void {
    const snapshot = this.sessions.get(id)?.snapshot;
    if (!snapshot || snapshot.complete) return;
    this.setSnapshot(id, outOfContact(snapshot, t('contact with the debug adapter was lost')));
  }

  choose(id: SessionId): void {
    if (!this.sessions.has(id) || id === this.chosenId) return;
    this.chosenId = id;
    this.changes.fire({ kind: 'chosen', session: id });
  }

  private forgetOld(): void {
    const ended = [...this.sessions.values()].filter((s) => s.snapshot.complete && s.id !== this.chosenId);
    for (const { id } of ended.slice(0, Math.max(0, this.sessions.size - SESSIONS_KEPT))) {
      this.sessions.delete(id);
      this.forgotten.fire(id);
    }
  }

  dispose(): void {
    this.changes.dispose();
    this.forgotten.dispose();
  }
}

/** @param before what was known of the session; one that is over and lives again begins anew */
function firstHeard(
  { now, complete, processes }: Snapshot,
  before: Session | undefined,
): Pick<Session, 'since' | 'isRecording'> {
  if (before && (!before.snapshot.complete || complete))
    return { since: before.since, isRecording: before.isRecording };
  return { since: Math.min(now, ...processes.map(({ startedAt }) => startedAt)), isRecording: complete };
}
