// Follows one session's spool, folds the model, keeps the recording: the same for the debug adapter and the command line.
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { deltaOf, snapshotOf, verdicts, type Around, type Verdicts } from '../model/picture';
import { Condenser } from '../model/condense';
import { emptyModel, mainOf, noChanges, type Model, type ProcessFacts } from '../model/facts/facts';
import { runtimeOf } from '../model/runtimes/runtimes';
import { TrackLog } from '../model/trackLog';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import type { Delta, Notice, Snapshot } from '../protocol/picture';
import type { DebuggerNote } from '../protocol/adapterEvents';
import {
  MAIN_THREAD,
  asLifecycleEvent,
  type LifecycleEvent,
  type ProcessEnd,
  type ProcessStart,
} from '../protocol/probeEvents';
import type { StacksAnswer } from '../protocol/stacks';
import type { TracksDelta } from '../protocol/tracks';
import { monotonicMicros } from '../transport/clock';
import type { Batch } from '../transport/spool/events';
import { isAlive } from '../transport/spool/spool';
import { SpoolFollower } from '../transport/spool/spoolFollower';
import type { RecordingWriter } from '../transport/spool/recording';
import { folds } from './folds';
import { Liveness } from './liveness';
import { NativeModuleLooks } from './nativeModules';
import { SiteMapper } from './siteMapper';
import { StackAnswers } from './stackAnswers';
import { SystemThreadLooks, type Observed } from './systemThreads';
import { TurnLooks, type TakesTurns } from './turns';

/** How often processes are looked at that may have died without a word. */
const LIVENESS_EVERY_MS = 250;
/** How often threads that take turns are looked at, while their process is young. */
const TURNS_EVERY_MS = 15;
/** So long after main's last word it is worth telling that a process is still there, in µs. */
const LINGERS_AFTER = 2e6;
/** Verdicts are drawn from all threads together: no more often than this, and for no more than this share of the time. */
const JUDGE_EVERY_MS = 500;
const JUDGING_SHARE = 0.05;

const NO_VERDICTS: Verdicts = { stuck: [], pools: [], findings: [] };

export interface CollectorOptions {
  spool: string;
  title: string;
  recording?: RecordingWriter;
  /** How many ended threads are kept whole. */
  keepThreads?: number;
  /** What a person's stop cuts off counts as a finding. */
  findsOnStop?: boolean;
  /** Called after each change of what a snapshot would show; may be called often. */
  onChange?: () => void;
  /** Main of a process has reported its end: called when all that was reported with it is in the picture, and judged. */
  onMainExited?: () => void;
  /** Called with what threads do from moment to moment when that has become much, instead of by `takeTracks`. */
  onTracks?: (tracks: TracksDelta) => void;
}

/** How a process ended that the caller started itself. */
export interface KnownEnd {
  pid: number;
  code?: number;
  signal?: string;
}

export class Collector {
  private readonly model: Model;
  private readonly trackLog: TrackLog;
  private readonly condenser: Condenser;
  /** Threads that may have done something since their tracks were taken, in addition to those in `changes`. */
  private trackKeys = new Set<string>();
  private readonly sites = new SiteMapper();
  private readonly liveness = new Liveness();
  private readonly systemThreads = new SystemThreadLooks();
  private readonly turns = new TurnLooks();
  private readonly nativeModules = new NativeModuleLooks();
  private readonly notices = new Map<string, Notice>();
  private readonly follower: SpoolFollower;
  private readonly answers: StackAnswers;
  private readonly timer: NodeJS.Timeout;
  /** From the first process on whose threads take turns. */
  private turnsTimer: NodeJS.Timeout | undefined;
  private changes = noChanges();
  private sentRevision = 0;
  private takesDeltas = false;
  /** Changes of what surrounds the model count as revisions too. */
  private extraRevisions = 0;
  private damaged = 0;
  /** Events come in the order of time: all up to then has been read; in µs. */
  private heardOf = 0;
  private complete = false;
  /** What was concluded last; `isNew`: not sent yet. */
  private judged: { verdicts: Verdicts; text: string; isNew: boolean; next: number } | undefined;

  constructor(private readonly options: CollectorOptions) {
    this.model = emptyModel(options.onTracks !== undefined);
    this.trackLog = new TrackLog(this.model);
    this.condenser = new Condenser(this.model, options.keepThreads ?? DEFAULT_KEPT_THREADS);
    this.follower = new SpoolFollower(
      options.spool,
      (batch) => this.take(batch),
      (error) => this.notify({ id: 'spool', severity: 'error', text: messageOf(error) }),
    );
    this.answers = new StackAnswers(options.spool, () => void this.follower.look());
    this.timer = setInterval(() => {
      this.closeDeadProcesses();
      this.tellLingering();
      this.tellSystem();
      if (this.takesDeltas) this.judge(); // else nobody is told before the end
    }, LIVENESS_EVERY_MS);
  }

  /** A process of the session was heard of. */
  get hasContact(): boolean {
    return this.model.processes.size > 0;
  }

  /** Pids of the session's processes that have not ended, as far as they can be seen from here. */
  get livePids(): number[] {
    return [...this.openHere()].map(([, pid]) => pid);
  }

  notify(notice: Notice): void {
    this.notices.set(notice.id, notice);
    this.changed();
  }

  dismiss(id: string): void {
    if (this.notices.delete(id)) this.changed();
  }

  snapshot(): Snapshot {
    const picture = this.attempt(() => snapshotOf(this.model, this.around()));
    return { ...(picture ?? snapshotOf(emptyModel(), this.around())), revision: this.revision };
  }

  /** What changed since the last call of this function or of `startDeltas`; undefined when nothing did. */
  takeDelta(): Delta | undefined {
    const from = this.sentRevision;
    if (from === this.revision) return undefined;
    const changed = this.attempt(() => deltaOf(this.model, this.changes, from, this.around()));
    const delta = { ...(changed ?? deltaOf(emptyModel(), noChanges(), from, this.around())), revision: this.revision };
    const { judged } = this;
    const news = judged?.isNew ? { pools: judged.verdicts.pools, findings: judged.verdicts.findings } : {};
    this.startDeltas();
    return { ...delta, ...news };
  }

  /** Where the threads of a process are, by its probe: no debugger need be attached. Never rejects. */
  async stacks(p: string): Promise<StacksAnswer> {
    const process = this.model.processes.get(p);
    if (!process?.start || process.end) return { failure: t('The process has ended, or is not known.') };
    return this.answers.ask({ key: p, origin: process.origin, pid: process.start.pid });
  }

  /** What threads have done since the last call; undefined when nothing is new, or nobody wants to know. */
  takeTracks(): TracksDelta | undefined {
    if (!this.model.keepsTracks) return undefined;
    for (const key of this.changes.threads) this.trackKeys.add(key);
    const keys = this.trackKeys;
    this.trackKeys = new Set();
    return this.attempt(() => this.trackLog.take(keys, monotonicMicros()));
  }

  /** The next delta will build on the snapshot of this moment. */
  startDeltas(): void {
    if (this.model.keepsTracks) for (const key of this.changes.threads) this.trackKeys.add(key);
    this.changes = noChanges();
    this.takesDeltas = true;
    this.sentRevision = this.revision;
    if (this.judged) this.judged.isNew = false;
  }

  /**
   * A person stops the session: what its processes end of from then on is no one else's doing.
   * @param t in µs; who tells of it may be slower than the end that it brings
   */
  stopRequested(t = monotonicMicros()): void {
    this.closeDeadProcesses(); // without a time of their own those ended before, by something else
    const findings = this.options.findsOnStop ? { findings: true as const } : {};
    const stopped = [...this.model.processes.values()].filter(({ end }) => !end || end.t >= t);
    this.fold(stopped.map(({ key: p }) => ({ k: 'stop-request', p, t, ...findings })));
  }

  /** A note on a process that is not known, or makes no sense, is let go. */
  note(note: DebuggerNote): void {
    this.follower.look(); // the debugger may be faster than the file
    for (const [p, pid] of [...this.openHere()]) {
      if (pid !== note.pid) continue;
      const threads = note.tid === 'all' ? this.livingIn(p) : [note.tid];
      this.fold(threads.flatMap((tid) => asLifecycleEvent(noted(note, p, tid)) ?? []));
    }
  }

  /** Ids of the threads of a process that have not ended. */
  private livingIn(p: string): number[] {
    const threads = [...(this.model.processes.get(p)?.threads.values() ?? [])];
    return threads.filter(({ exit, exited }) => !exit && !exited).map(({ id }) => id);
  }

  /**
   * The session is over: reads what is left and closes every lane. `known` is what the caller saw of the end of a
   * process that it started itself. Processes that still live are marked as out of contact.
   */
  finish(known?: KnownEnd): Snapshot {
    clearInterval(this.timer);
    clearInterval(this.turnsTimer);
    const isAllRead = this.follower.finish();
    this.tellTurns();
    const ends = [...this.openProcesses()].map(([p, pid]) => this.endOf(p, pid, known));
    this.fold([...ends.flatMap((end) => this.closed(end, isAllRead)), ...(known ? this.lateEnds(known) : [])]);
    this.complete = true;
    this.attempt(() => this.condense(true));
    this.judge(true);
    for (const { threads } of this.model.processes.values())
      for (const { key } of threads.values()) this.trackKeys.add(key);
    this.changed();
    return this.snapshot();
  }

  /** That it is gone may have been seen before its exit status was read. */
  private lateEnds(known: KnownEnd): ProcessEnd[] {
    const seen = [...this.model.processes.values()].filter(
      ({ key, end, start }) => end && end.how !== 'replaced' && start?.pid === known.pid && !this.isElsewhere(key),
    );
    return seen.map(({ key }) => this.endOf(key, known.pid, known));
  }

  private endOf(p: string, pid: number, known?: KnownEnd): ProcessEnd {
    const t = monotonicMicros();
    if (pid === known?.pid && !this.isElsewhere(p)) {
      const { code, signal } = known;
      return {
        k: 'process-end',
        p,
        t,
        how: 'exit-status',
        ...(signal ? { signal } : code === undefined ? {} : { code }),
      };
    }
    return { k: 'process-end', p, t, how: this.isElsewhere(p) || this.liveness.runs(p, pid) ? 'lost-contact' : 'gone' };
  }

  private take({ events, damaged }: Batch): void {
    this.damaged += damaged;
    if (damaged > 0) this.extraRevisions++;
    const mapped = events.map((event) => this.sites.map(event));
    for (const event of mapped) this.answers.take(event);
    this.fold(mapped);
    const starts = events.filter((event) => event.k === 'process-start');
    this.closeReplaced(starts);
    if (starts.some(({ p }) => this.takesTurns(p))) this.watchTurns();
    if (events.some((event) => event.k === 'exited' && event.tid === 0)) this.mainExited();
  }

  /** The rest of the events may be in a file that is read next. */
  private mainExited(): void {
    if (!this.options.onMainExited) return;
    setImmediate(() => {
      if (this.complete) return;
      this.follower.look();
      this.judge(true);
      this.options.onMainExited?.();
    });
  }

  private fold(events: LifecycleEvent[]): void {
    const good = events.filter((event) => this.isFolded(event));
    this.attempt(() => this.condense());
    this.options.recording?.write(good);
    const problem = this.options.recording?.problem;
    if (problem) this.notices.set('recording', { id: 'recording', severity: 'warning', text: problem });
    this.options.onChange?.();
  }

  /** An event that cannot be folded costs itself: it counts as damaged, and is kept from those who open the recording. */
  private isFolded(event: LifecycleEvent): boolean {
    if (!folds(this.model, event, this.changes)) {
      this.damaged++;
      this.extraRevisions++;
      return false;
    }
    this.heardOf = Math.max(this.heardOf, event.t);
    if (this.trackLog.isFull(event.p)) this.passTracks();
    return true;
  }

  /** Of what nobody foresaw we say that it happened: the program, its recording and the other events go on. */
  private attempt<T>(what: () => T): T | undefined {
    try {
      return what();
    } catch (error) {
      const text = t('The threads can no longer be shown as they are: {0}', messageOf(error));
      if (this.notices.get('picture')?.text !== text) this.notify({ id: 'picture', severity: 'error', text });
      return undefined;
    }
  }

  private condense(last = false): void {
    const changes = { ...noChanges(), threads: this.changes.threads };
    const { processes, removed, removedProcesses } = changes;
    if (last) this.condenser.finish(changes);
    else this.condenser.run(Math.min(this.heardOf, monotonicMicros()), changes);
    if (removed.size === 0) return;
    this.trackLog.forget(removed);
    for (const key of removed) this.trackKeys.delete(key);
    for (const key of processes) this.changes.processes.add(key);
    // Where nobody takes deltas the keys would pile up.
    for (const key of removedProcesses) this.changes.processes.delete(key);
    if (this.takesDeltas) {
      for (const key of removed) this.changes.removed.add(key);
      for (const key of removedProcesses) this.changes.removedProcesses.add(key);
    }
    if (this.judged) this.judged.next = 0; // verdicts name threads that are gone
  }

  private passTracks(): void {
    const tracks = this.takeTracks();
    if (tracks) this.options.onTracks?.(tracks);
  }

  /** Records are written before their process dies, so all of a dead one's are read before its lane is closed. */
  private closeDeadProcesses(): void {
    const dead = [...this.openHere()].filter(([p, pid]) => !this.liveness.runs(p, pid));
    if (dead.length === 0) return;
    const isAllRead = this.follower.look();
    for (const [p] of dead) {
      this.liveness.forget(p);
      if (isAllRead) this.follower.leave(p);
    }
    const ends = dead.map(([p]): ProcessEnd => ({ k: 'process-end', p, t: monotonicMicros(), how: 'gone' }));
    this.fold(ends.flatMap((end) => this.closed(end, isAllRead)));
  }

  private closed(end: ProcessEnd, isAllRead: boolean): LifecycleEvent[] {
    const children = end.how === 'lost-contact' ? [] : (this.model.processes.get(end.p)?.childrenLeft ?? []);
    const pids = children.flatMap(({ pid }) => (pid !== undefined && isAlive(pid) ? [pid] : []));
    const outlived = pids.length > 0 && !this.isElsewhere(end.p);
    return [...closing(end, isAllRead), ...(outlived ? [{ k: 'outlived' as const, p: end.p, t: end.t, pids }] : [])];
  }

  /** Of processes that stay although main has told its last, more and more rarely. */
  private tellLingering(): void {
    const t = monotonicMicros();
    const lingering = [...this.openHere()].filter(([p]) => {
      const process = this.model.processes.get(p)!;
      const since = mainOf(process)?.exited?.t ?? Infinity;
      return t - since >= Math.max(LINGERS_AFTER, 2 * ((process.seenRunning ?? since) - since));
    });
    if (lingering.length > 0) this.fold(lingering.map(([p]) => ({ k: 'still-runs', p, t })));
  }

  /** What only the system tells of the processes. */
  private tellSystem(): void {
    const [open, t] = [[...this.openHere()], monotonicMicros()];
    const observed = open.map(([p, pid]) => ({ p, pid, ...this.nativesOf(p, pid) }));
    const events = [...this.systemThreads.look(observed, t), ...this.nativeModules.look(open, t)];
    if (events.length > 0) this.fold(events);
    this.tellTurns();
  }

  private tellTurns(): void {
    const events = this.turns.take(monotonicMicros());
    if (events.length > 0) this.fold(events);
  }

  private watchTurns(): void {
    this.turnsTimer ??= setInterval(() => this.turns.look(this.takingTurns(), monotonicMicros()), TURNS_EVERY_MS);
  }

  private takesTurns(p: string): boolean {
    const process = this.model.processes.get(p);
    return process !== undefined && runtimeOf(process).takesTurns(process.missing);
  }

  private takingTurns(): TakesTurns[] {
    return [...this.openHere()].flatMap(([p, pid]) => {
      const process = this.model.processes.get(p)!;
      // With main alone there is nobody to take turns with.
      if (process.threads.size < 2 || !this.takesTurns(p)) return [];
      return [{ p, threads: this.nativesOf(p, pid).threads, pid, waiting: (id: number) => isWaiting(process, id) }];
    });
  }

  /** The system's ids of its threads that live → those that they were told by. Main's is that of its process. */
  private nativesOf(p: string, pid: number): Pick<Observed, 'threads' | 'isWhole'> {
    const threads = new Map([[pid, MAIN_THREAD]]);
    let isWhole = true;
    for (const { id, native, exit, exited } of this.model.processes.get(p)?.threads.values() ?? []) {
      if (id === MAIN_THREAD || exit || exited) continue;
      if (native === undefined) isWhole = false;
      else threads.set(native, id);
    }
    return { threads, isWhole };
  }

  /** A process of the same number that is still open is the same one, which runs another program by now. */
  private closeReplaced(starts: ProcessStart[]): void {
    if (process.platform === 'win32') return; // nothing does so there, and numbers come again at once
    for (const { p, pid, t } of starts) {
      if (this.isElsewhere(p)) continue;
      const before = [...this.openHere()].filter(([key, id]) => id === pid && key !== p);
      const replaced = before.filter(([key]) => (this.model.processes.get(key)?.start?.t ?? Infinity) < t);
      this.fold(replaced.map(([key]) => ({ k: 'process-end', p: key, t, how: 'replaced' })));
    }
  }

  /** Time alone changes verdicts too: who waits for long enough is stuck. `last`: there is no later time to do it. */
  private judge(last = false): void {
    const start = performance.now();
    if (!last && start < (this.judged?.next ?? 0)) return;
    const found = this.attempt(() => verdicts(this.model, monotonicMicros())) ?? this.judged?.verdicts ?? NO_VERDICTS;
    const text = JSON.stringify(found);
    const took = performance.now() - start;
    const isSame = text === this.judged?.text;
    const isNew = !isSame || this.judged?.isNew === true;
    this.judged = { verdicts: found, text, isNew, next: start + Math.max(JUDGE_EVERY_MS, took / JUDGING_SHARE) };
    if (isSame) return;
    for (const { key } of this.model.processes.values()) this.changes.processes.add(key);
    this.changed();
  }

  /** Those whose pids mean them here. */
  private *openHere(): Iterable<[string, number]> {
    for (const open of this.openProcesses()) if (!this.isElsewhere(open[0])) yield open;
  }

  private isElsewhere(p: string): boolean {
    return this.liveness.isElsewhere(this.model.processes.get(p)?.start?.namespace);
  }

  private *openProcesses(): Iterable<[string, number]> {
    for (const process of this.model.processes.values()) {
      const pid = process.start?.pid ?? process.unsupported?.pid;
      if (!process.end && pid !== undefined) yield [process.key, pid];
    }
  }

  private changed(): void {
    this.extraRevisions++;
    this.options.onChange?.();
  }

  private get revision(): number {
    return this.model.revision + this.extraRevisions;
  }

  private around(): Around {
    return {
      title: this.options.title,
      now: monotonicMicros(),
      damaged: this.damaged,
      complete: this.complete,
      notices: [...this.notices.values()],
    };
  }
}

/** It has told that it waits for something else. */
const isWaiting = (process: ProcessFacts, id: number): boolean => process.threads.get(id)?.waits?.current !== undefined;

/** Where its spool could not be read to the end, as when it is gone, what is missing may have happened. */
const closing = (end: ProcessEnd, isAllRead: boolean): LifecycleEvent[] =>
  isAllRead ? [end] : [{ k: 'unwritten', p: end.p, t: end.t }, end];

/** As an event of one thread. */
function noted({ t, did, name }: DebuggerNote, p: string, tid: number): object {
  if (did === 'named') return { k: 'thread-named', p, t, tid, name };
  return did === 'pause' || did === 'resume' ? { k: did, p, t, tid } : { k: 'deed', p, t, tid, deed: did };
}
