// One debug session's channel: spool, recording and collector, made together and cleaned up together.
import * as path from 'node:path';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { Collector, type KnownEnd } from '../collector/collector';
import type { StorageFolders } from '../collector/recovery';
import { DELTA_EVERY_MS, type LaunchOptions } from '../protocol/adapterEvents';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import type { Delta, Snapshot } from '../protocol/picture';
import type { TracksDelta } from '../protocol/tracks';
import { briefOf } from '../model/report/outcome';
import { writeSummary } from '../transport/spool/recordingSummary';
import { RecordingWriter, newRecordingPath } from '../transport/spool/recording';
import { monotonicMicros } from '../transport/clock';
import { claimSpool, createSpool, isAlive, removeSpool, wasStartedAgain } from '../transport/spool/spool';
import type { Started } from '../transport/probes/probe';
import { silenceText } from '../transport/probes/silence';
import * as errors from './errors';
import { endOwn } from './ownProcesses';

/** A program that has not reported by then probably runs without the probe. */
const FIRST_CONTACT_MS = 15_000;
/** How often to look whether all processes are gone. */
const GONE_EVERY_MS = 250;
/** Deltas of very many threads take no more of the time than this share: they come less often then. */
const DELTA_SHARE = 0.1;

export interface RunListener {
  snapshot(snapshot: Snapshot): void;
  delta(delta: Delta): void;
  tracks(tracks: TracksDelta): void;
  /** Main of a process has ended; the process may last a moment longer. */
  mainExited?(): void;
  /** Instead of the program, its client started an adapter of ours. */
  startedAgain?(): void;
  /** There was a program, and all its processes have ended. */
  gone(): void;
}

export interface Run {
  spool: string;
  recording: string | undefined;
  collector: Collector;
  /** The whole picture; deltas go on from it. */
  freshSnapshot(): Snapshot;
  /** Sends the signal to the program's processes; returns those left alone, because they may be another's. */
  endAll(signal: NodeJS.Signals): number[];
  /** Instead of the program, the client started an adapter of ours. */
  readonly startedAgain: boolean;
  /** Waits until no process of the program lives, at most so long. */
  goneWithin(ms: number): Promise<void>;
  /**
   * Reads what is left, sends the last delta, removes the spool. Later calls do nothing more.
   * @param end of the process that was started, where it was ours
   */
  finish(end?: KnownEnd): Snapshot;
}

/** Folders of the extension's storage, when the client gave one. */
export function storageFolders({ __storage }: LaunchOptions): StorageFolders | undefined {
  if (!__storage) return undefined;
  return { spools: path.join(__storage, 'spools'), recordings: path.join(__storage, 'recordings') };
}

/** @param given path of the spool that the program already has; it may have been removed since */
export function openRun(
  options: LaunchOptions,
  listener: RunListener,
  given?: string,
): Run | { error: errors.AdapterError } {
  const title = options.name ?? (options.program ? path.basename(options.program) : t('program'));
  let spool: string;
  try {
    spool = given ?? createSpool(title, storageFolders(options)?.spools);
    if (given !== undefined) claimSpool(given, title);
  } catch (error) {
    return { error: errors.spoolFailed(messageOf(error)) };
  }
  try {
    return new ChannelRun(spool, title, recordingFor(options, title), options, listener);
  } catch (error) {
    removeSpool(spool);
    return { error: errors.recordingFailed(messageOf(error)) };
  }
}

const startOf = ({ env, runtimeArgs }: LaunchOptions): Started => ({
  words: runtimeArgs ?? [],
  env: { ...process.env, ...env },
});

function recordingFor(options: LaunchOptions, title: string): RecordingWriter | undefined {
  const folders = storageFolders(options);
  const file = options.timeline?.recording
    ? path.resolve(options.cwd ?? '.', options.timeline.recording)
    : folders && newRecordingPath(folders.recordings, title);
  return file === undefined ? undefined : new RecordingWriter(file, title, options.timeline?.activityLimit);
}

class ChannelRun implements Run {
  readonly collector: Collector;
  private readonly timers: NodeJS.Timeout[];
  private nextDelta: NodeJS.Timeout | undefined;
  /** ms */
  private deltaAfter = DELTA_EVERY_MS;
  private last: Snapshot | undefined;

  constructor(
    readonly spool: string,
    title: string,
    private readonly writer: RecordingWriter | undefined,
    private readonly options: LaunchOptions,
    private readonly listener: RunListener,
  ) {
    this.collector = new Collector({
      spool,
      title,
      keepThreads: options.timeline?.keepEndedThreads ?? DEFAULT_KEPT_THREADS,
      findsOnStop: options.timeline?.findingsOnStop === true,
      ...(writer ? { recording: writer } : {}),
      onChange: () => this.changed(),
      onTracks: (tracks) => listener.tracks(tracks),
      ...(listener.mainExited ? { onMainExited: () => listener.mainExited!() } : {}),
    });
    this.timers = [
      setTimeout(() => this.tellOfSilence(), FIRST_CONTACT_MS),
      setInterval(() => this.lookForEnd(), GONE_EVERY_MS),
    ];
    listener.snapshot(this.freshSnapshot());
  }

  get recording(): string | undefined {
    return this.writer?.file;
  }

  get startedAgain(): boolean {
    return !this.collector.hasContact && wasStartedAgain(this.spool);
  }

  freshSnapshot(): Snapshot {
    const snapshot = this.collector.snapshot();
    this.collector.startDeltas();
    return snapshot;
  }

  endAll(signal: NodeJS.Signals): number[] {
    return endOwn(this.collector.livePids, this.spool, signal);
  }

  async goneWithin(ms: number): Promise<void> {
    const deadline = monotonicMicros() + ms * 1000;
    while (this.collector.livePids.some(isAlive) && monotonicMicros() < deadline) await setTimeoutPromise(20);
  }

  finish(end?: KnownEnd): Snapshot {
    if (this.last) return this.last;
    for (const timer of this.timers) clearTimeout(timer);
    if (!this.collector.hasContact) this.tellOfSilence();
    this.last = this.collector.finish(end);
    this.sumUp(this.last);
    this.sendDelta();
    removeSpool(this.spool);
    return this.last;
  }

  /** Only of recordings that we named: what lies beside a person’s own file is theirs. */
  private sumUp(snapshot: Snapshot): void {
    if (!this.writer || this.options.timeline?.recording || snapshot.processes.length === 0) return;
    const wall = snapshot.processes[0]!.wall || Date.now();
    writeSummary(this.writer.file, { title: snapshot.title, wall, brief: briefOf(snapshot) });
  }

  private changed(): void {
    if (this.collector.hasContact) this.collector.dismiss('no-contact');
    this.nextDelta ??= setTimeout(() => this.sendDelta(), this.deltaAfter);
  }

  private sendDelta(): void {
    clearTimeout(this.nextDelta);
    this.nextDelta = undefined;
    const started = performance.now();
    const tracks = this.collector.takeTracks();
    if (tracks) this.listener.tracks(tracks);
    const delta = this.collector.takeDelta();
    if (delta) this.listener.delta(delta);
    this.deltaAfter = Math.max(DELTA_EVERY_MS, (performance.now() - started) / DELTA_SHARE);
  }

  private lookForEnd(): void {
    if (this.collector.hasContact && this.collector.livePids.length === 0) this.listener.gone();
    if (this.startedAgain) this.listener.startedAgain?.();
  }

  private tellOfSilence(): void {
    if (this.collector.hasContact) return;
    this.collector.notify({
      id: 'no-contact',
      severity: 'warning',
      text: silenceText(startOf(this.options), { bundles: __dirname, spool: this.spool }),
    });
  }
}
