// What timelines show: the session that has the focus or, where a person wants it, all that run together as if they were
// one. Status bar, notifications and the editor's overlay stay with the focused one.
import type * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { counted, t } from '../../common/l10n';
import type { Delta, Snapshot } from '../../protocol/picture';
import type { SessionChoice, SessionId } from '../../protocol/timelineMessages';
import type { Look, Measure, Measured, Seen } from '../../protocol/tracks';
import type { SessionChange, SessionStore } from '../stores/sessionStore';
import type { TrackStore } from '../stores/trackStore';
import { togetherOf } from './group';
import { mergedDelta, mergedSnapshot, ownersIn, type Part } from './mergedPictures';
import { looksOf, measuresOf, mergedMeasured, mergedSeen } from './mergedTracks';

export type ShownChange =
  /** Something else is shown, or the same anew. */
  { kind: 'whole' } | { kind: 'delta'; session: SessionId; delta: Delta } | { kind: 'choices' };

/** Workspace state: whether sessions that run together are shown so. */
const REMEMBERED = 'timeline.together';
const ALONE: readonly Part[] = [];

export class ShownSessions implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly changes: vscode.EventEmitter<ShownChange>;
  private readonly trackChanges: vscode.EventEmitter<SessionId>;
  private isWanted: boolean;
  /** Those that are shown together; none: one is shown alone. */
  private parts = ALONE;
  /** Of the merged picture. */
  private revision = 0;
  private merged: Snapshot | undefined;

  readonly onDidChange: vscode.Event<ShownChange>;
  /** Fires with the id of what is shown, or of a session that is not. */
  readonly onDidChangeTracks: vscode.Event<SessionId>;

  constructor(
    { EventEmitter }: Pick<typeof vscode, 'EventEmitter'>,
    private readonly sessions: SessionStore,
    private readonly tracks: Pick<TrackStore, 'see' | 'measure' | 'onDidChange'>,
    private readonly remembered: vscode.Memento,
  ) {
    this.isWanted = remembered.get(REMEMBERED, false);
    this.changes = this.store.add(new EventEmitter<ShownChange>());
    this.trackChanges = this.store.add(new EventEmitter<SessionId>());
    this.onDidChange = this.changes.event;
    this.onDidChangeTracks = this.trackChanges.event;
    this.store.add(sessions.onDidChange((change) => this.heard(change)));
    this.store.add(tracks.onDidChange((session) => this.trackChanges.fire(this.isPart(session) ? this.id : session)));
  }

  dispose(): void {
    this.store.dispose();
  }

  get shown(): { id: SessionId; snapshot: Snapshot } | undefined {
    return this.parts.length > 0 ? { id: this.id, snapshot: this.whole() } : this.sessions.chosen;
  }

  /** The sessions behind an id, be it that of all together. */
  partsOf(id: SessionId): { id: SessionId; snapshot: Snapshot }[] {
    if (this.isTogether(id)) return [...this.parts];
    const snapshot = this.sessions.get(id);
    return snapshot ? [{ id, snapshot }] : [];
  }

  /** Of the session of a process, where several are shown together. */
  titleOf(process: string): string | undefined {
    const session = ownersIn(this.parts).get(process);
    return this.parts.find(({ id }) => id === session)?.title;
  }

  /** Of what is shown, the session of a process. */
  sessionOf(process: string): SessionId | undefined {
    return ownersIn(this.parts).get(process) ?? this.sessions.chosen?.id;
  }

  get(id: SessionId): Snapshot | undefined {
    return this.isTogether(id) ? this.whole() : this.sessions.get(id);
  }

  get choices(): SessionChoice[] {
    const { choices } = this.sessions;
    const group = togetherOf(this.sessions.all);
    if (group.length < 2) return choices;
    const together: SessionChoice = {
      id: idOf(group),
      title: t('All together'),
      live: group.some(({ snapshot }) => !snapshot.complete),
      brief: counted(group.length, '{0} session', '{0} sessions'),
    };
    return [together, ...choices];
  }

  /** A session, or all together; that is remembered for the window. */
  choose(id: SessionId): void {
    const group = togetherOf(this.sessions.all);
    const isAll = group.length > 1 && id === idOf(group);
    if (isAll !== this.isWanted) void this.remembered.update(REMEMBERED, (this.isWanted = isAll));
    const { chosen } = this.sessions;
    if (!isAll) this.sessions.choose(id);
    else if (!group.some((session) => session.id === chosen?.id)) this.sessions.choose(group.at(-1)!.id);
    this.renew(false);
  }

  /** Undefined when nothing is known of that session. */
  async see(session: SessionId, look: Look): Promise<Seen | undefined> {
    if (!this.isTogether(session)) return this.tracks.see(session, look);
    const looks = looksOf(look, (process) => ownersIn(this.parts).get(process));
    return mergedSeen(await Promise.all([...looks].map(([id, own]) => this.tracks.see(id, own))));
  }

  async measure(session: SessionId, measure: Measure): Promise<Measured | undefined> {
    if (!this.isTogether(session)) return this.tracks.measure(session, measure);
    const measures = measuresOf(measure, (process) => ownersIn(this.parts).get(process));
    return mergedMeasured(await Promise.all([...measures].map(([id, own]) => this.tracks.measure(id, own))));
  }

  private get id(): SessionId {
    return idOf(this.parts);
  }

  private isTogether(id: SessionId): boolean {
    return this.parts.length > 0 && id === this.id;
  }

  private isPart(id: SessionId): boolean {
    return this.parts.some((part) => part.id === id);
  }

  private whole(): Snapshot {
    return (this.merged ??= mergedSnapshot(this.parts, this.around));
  }

  private get around(): { title: string; revision: number } {
    return { title: t('All together'), revision: this.revision };
  }

  /** A recording, and what ended before, is shown alone while it is chosen. */
  private partsNow(): readonly Part[] {
    if (!this.isWanted) return ALONE;
    const group = togetherOf(this.sessions.all);
    const chosen = this.sessions.chosen?.id;
    if (group.length < 2 || !group.some(({ id }) => id === chosen)) return ALONE;
    const { titles } = this.sessions;
    return group.map(({ id, snapshot }) => ({ id, title: titles.get(id)!, snapshot }));
  }

  private heard(change: SessionChange): void {
    if (change.kind === 'delta') this.heardDelta(change.session, change.delta);
    else if (this.parts.length > 0) this.renew(change.kind === 'snapshot' && this.isPart(change.session));
    else this.renew(change.kind === 'chosen' || change.session === this.sessions.chosen?.id);
    if (change.kind !== 'delta' || change.delta.complete) this.changes.fire({ kind: 'choices' });
  }

  private heardDelta(session: SessionId, delta: Delta): void {
    const before = this.parts;
    const after = this.partsNow();
    if (!isSameParts(before, after)) return this.renew(true);
    if (after.length === 0) {
      if (session === this.sessions.chosen?.id) this.changes.fire({ kind: 'delta', session, delta });
      return;
    }
    if (!this.isPart(session)) return;
    this.turnTo(after);
    const change = mergedDelta(before, after, session, delta, this.around);
    this.changes.fire(change ? { kind: 'delta', session: this.id, delta: change } : { kind: 'whole' });
  }

  private turnTo(parts: readonly Part[]): void {
    this.parts = parts;
    this.revision++;
    this.merged = undefined;
  }

  /** @param isNew what is shown is to be sent as a whole, though it be of the same sessions */
  private renew(isNew: boolean): void {
    const after = this.partsNow();
    if (!isNew && isSameParts(this.parts, after)) return;
    this.turnTo(after);
    this.changes.fire({ kind: 'whole' });
  }
}

/** Stays the same while others come and go. */
const idOf = (group: readonly { id: SessionId }[]): SessionId => `together ${group[0]?.id}`;

const isSameParts = (a: readonly Part[], b: readonly Part[]): boolean =>
  a.length === b.length && a.every(({ id, title }, i) => id === b[i]!.id && title === b[i]!.title);
