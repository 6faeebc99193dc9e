// What threads did from moment to moment in the sessions of this window, kept and indexed in a thread of its own.
import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { messageOf } from '../../common/humanError';
import type { Snapshot } from '../../protocol/picture';
import type { SessionId } from '../../protocol/timelineMessages';
import type { Look, Measure, Measured, Seen, TracksDelta } from '../../protocol/tracks';
import type { SessionStore } from './sessionStore';
import { gapsOf } from './lostTracks';
import type { FromTracks, LivingThreads, ToTracks, TracksSettings } from './trackMessages';

const MIB = 1024 * 1024;
const DEFAULT_MIB = 256;

type Answer = Seen | Measured | undefined;

export class TrackStore implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly changes: vscode.EventEmitter<SessionId>;
  private readonly questions = new Map<number, (answer: Answer) => void>();
  private readonly told = new Set<SessionId>();
  /** Those whose keeping thread was lost. */
  private readonly lost = new Set<SessionId>();
  private worker: Worker | undefined;
  private next = 0;

  /** Fires with the session that has something new. */
  readonly onDidChange: vscode.Event<SessionId>;

  /** @param script path of the bundle that runs in the thread */
  constructor(
    private readonly api: Pick<typeof vscode, 'EventEmitter' | 'workspace'>,
    private readonly script: string,
    private readonly sessions: SessionStore,
    private readonly log: Pick<vscode.LogOutputChannel, 'error'>,
  ) {
    this.changes = new api.EventEmitter();
    this.onDidChange = this.changes.event;
    this.store.add(sessions.onDidForget((session) => this.forget(session)));
    this.store.add(this.changes);
  }

  add(session: SessionId, tracks: TracksDelta): void {
    this.worker ??= this.start();
    const snapshot = this.sessions.get(session);
    if (this.lost.delete(session) && snapshot)
      this.post({
        kind: 'add',
        session,
        tracks: { tracks: gapsOf(snapshot), messagesDropped: tracks.messagesDropped },
      });
    this.told.add(session);
    this.post({ kind: 'add', session, tracks });
    this.changes.fire(session);
  }

  forget(session: SessionId): void {
    this.told.delete(session);
    this.lost.delete(session);
    this.post({ kind: 'forget', session });
  }

  /** Undefined when nothing is known of that session. */
  see(session: SessionId, look: Look): Promise<Seen | undefined> {
    const threads = [...look.threads, ...look.pools.flatMap((pool) => pool.threads)];
    const living = this.living(session, threads);
    return this.ask((number) => ({ kind: 'see', number, session, look, living })) as Promise<Seen | undefined>;
  }

  measure(session: SessionId, measure: Measure): Promise<Measured | undefined> {
    const living = this.living(session, measure.threads);
    return this.ask((number) => ({ kind: 'measure', number, session, measure, living })) as Promise<
      Measured | undefined
    >;
  }

  dispose(): void {
    this.store.dispose();
    void this.worker?.terminate();
    this.stopped();
  }

  private ask(question: (number: number) => ToTracks): Promise<Answer> {
    if (!this.worker) return Promise.resolve(undefined);
    const number = this.next++;
    return new Promise((resolve) => {
      this.questions.set(number, resolve);
      this.post(question(number));
    });
  }

  private post(message: ToTracks): void {
    this.worker?.postMessage(message);
  }

  private start(): Worker {
    const mib = this.api.workspace.getConfiguration('threadLifelines').get('timelineMemory', DEFAULT_MIB);
    const workerData: TracksSettings = { mostBytes: mib * MIB };
    const worker = new Worker(this.script, { workerData });
    worker.on('message', (message: FromTracks) => this.answered(message));
    worker.on('error', (error) => {
      this.log.error(`What threads did so far is lost: ${messageOf(error)}`);
      if (this.worker === worker) this.stopped();
    });
    return worker;
  }

  private answered(message: FromTracks): void {
    const resolve = this.questions.get(message.number);
    this.questions.delete(message.number);
    resolve?.(message.kind === 'seen' ? message.seen : message.measured);
  }

  /** Nobody answers any more. */
  private stopped(): void {
    this.worker = undefined;
    for (const session of this.told) this.lost.add(session);
    for (const resolve of this.questions.values()) resolve(undefined);
    this.questions.clear();
  }

  private living(session: SessionId, threads: string[]): LivingThreads {
    const snapshot = this.sessions.get(session);
    if (!snapshot || snapshot.complete) return { now: 0, threads: [] };
    const living = livingIn(snapshot);
    return { now: snapshot.now, threads: threads.filter((thread) => living.has(thread)) };
  }
}

/** Drawn once from each snapshot: views look more often than it changes. */
const drawn = new WeakMap<Snapshot['threads'], Set<string>>();
function livingIn({ threads }: Snapshot): Set<string> {
  let living = drawn.get(threads);
  if (!living) {
    living = new Set(threads.filter(({ ended }) => !ended).map(({ key }) => key));
    drawn.set(threads, living);
  }
  return living;
}
