// `record`: runs a command under the probe. The command must not notice: its input, output, signals and exit code are
// its own, and our words go to standard error after it has ended.
import { spawn, type ChildProcess } from 'node:child_process';
import * as os from 'node:os';
import * as path from 'node:path';
import { Collector, type KnownEnd } from '../collector/collector';
import { HumanError, errorCode, messageOf } from '../common/humanError';
import { forJson, forTerminal } from '../common/untrusted';
import { exitReport, type ExitReport } from '../model/report/report';
import { quietSummary } from '../model/report/summary';
import { reportText } from '../model/report/text';
import { aliveText } from '../model/report/words';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import type { Snapshot } from '../protocol/picture';
import type { ActivitySettings } from '../protocol/spool';
import type { ProbeSetup } from '../transport/probes/probe';
import { probeVariables } from '../transport/probes/probes';
import { obstacleText } from '../transport/probes/silence';
import { RecordingWriter, newRecordingPath } from '../transport/spool/recording';
import { createSpool, removeAbandoned, removeSpool } from '../transport/spool/spool';

import { fails, FINDINGS_CODE, type FailOn } from './failOn';

/** What a shell answers for a command that it cannot find, and for one that it cannot run. */
const NOT_FOUND_CODE = 127;
const NOT_RUN_CODE = 126;
/** Sent to us alone, they are meant for the program. */
const PASSED_ON: NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR2'];
/** A terminal sends these to the program itself as well as to us. */
const FROM_TERMINAL: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/** After this long in ms a program is taken to go on in spite of Ctrl+C. */
const DYING_TAKES = 1_000;
const LONGEST_LINE = 1000;

export interface RecordOptions extends ActivitySettings {
  out?: string;
  /** How many ended threads are reported one by one. */
  keepThreads?: number;
  json: boolean;
  failOn: FailOn;
  command: string[];
}

/** Resolves with the command's exit code; when a signal ended it, ends this process by the same signal. */
export async function record(options: RecordOptions): Promise<number> {
  sweepTemporary();
  const spool = createSpool(titleOf(options));
  let outcome: Outcome;
  try {
    outcome = await recorded(options, spool);
  } finally {
    removeQuietly(spool); // before we die by a signal, after which nothing runs
  }
  return outcome.signal === undefined ? outcome.code : dieBy(outcome.signal);
}

const titleOf = ({ command }: Pick<RecordOptions, 'command'>): string => command.join(' ');

type Outcome = { code: number; signal?: never } | { signal: string };

async function recorded(
  { out, command, json, failOn, keepThreads = DEFAULT_KEPT_THREADS, ...settings }: RecordOptions,
  spool: string,
): Promise<Outcome> {
  const title = titleOf({ command });
  const { activityLimit } = settings;
  const recording =
    out === undefined
      ? recordingNearby(command, title, activityLimit)
      : new RecordingWriter(path.resolve(out), title, activityLimit);
  const setup: ProbeSetup = { bundles: __dirname, spool, settings };
  const collector = new Collector({ spool, title, recording, keepThreads });
  try {
    const end = await runCommand(command, setup, () => tellWhyAlive(collector));
    const report = exitReport(finished(collector, setup, command, end));
    process.stderr.write(
      json ? `${forJson(report)}\n` : `\n${told(report)}\nRecording: ${forTerminal(recording.file, LONGEST_LINE)}\n`,
    );
    if (end.signal) return { signal: end.signal };
    return { code: end.code || (fails(report, failOn) ? FINDINGS_CODE : 0) };
  } catch (error) {
    collector.finish();
    recording.discard();
    process.stderr.write(`thread-lifelines: ${forTerminal(cannotRun(command[0]!, error), LONGEST_LINE)}\n`);
    return { code: errorCode(error) === 'ENOENT' ? NOT_FOUND_CODE : NOT_RUN_CODE };
  }
}

/** What a `record` left that was killed itself. The next one tries again what could not be removed now. */
function sweepTemporary(): void {
  try {
    removeAbandoned(os.tmpdir());
  } catch {
    // no such folder: it will be said when ours cannot be made
  }
}

/** What cannot be removed is swept later, and is no failure of the program. */
function removeQuietly(spool: string): void {
  try {
    removeSpool(spool);
  } catch {
    // perhaps something still writes there
  }
}

/** For a run without findings, one line. */
const told = (report: ExitReport): string => quietSummary(report) ?? reportText(report);

function tellWhyAlive(collector: Collector): void {
  const { processes } = exitReport(collector.snapshot());
  for (const { alive, pid } of processes) {
    const lines = alive ? aliveText(alive) : [];
    for (const line of lines)
      process.stderr.write(`thread-lifelines: pid ${pid}: ${forTerminal(line, LONGEST_LINE)}\n`);
  }
}

function finished(collector: Collector, setup: ProbeSetup, command: string[], end: KnownEnd): Snapshot {
  const snapshot = collector.finish(end);
  if (snapshot.processes.length > 0) return snapshot;
  const text = obstacleText({ words: command, env: process.env }, setup);
  if (text) collector.notify({ id: 'no-contact', severity: 'warning', text });
  return collector.snapshot();
}

/** Without `--out`: a new file in the working folder, or in the temporary folder where that is not writable. */
function recordingNearby(command: string[], title: string, activityLimit: number | undefined): RecordingWriter {
  const name = path.basename(command.find((word, i) => i > 0 && !word.startsWith('-')) ?? command[0]!);
  try {
    return new RecordingWriter(path.resolve(newRecordingPath('.', name)), title, activityLimit);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return new RecordingWriter(newRecordingPath(os.tmpdir(), name), title, activityLimit);
  }
}

/** Rejects when the command could not be started. */
function runCommand([file, ...args]: string[], setup: ProbeSetup, onGoingOn: () => void): Promise<KnownEnd> {
  const env = { ...process.env, ...probeVariables(setup, process.env) };
  const child = spawn(file!, args, { stdio: 'inherit', env });
  const stopPassing = passSignals(child, onGoingOn);
  return new Promise<KnownEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve({ pid: child.pid!, ...(code === null ? {} : { code }), ...(signal ? { signal } : {}) }),
    );
  }).finally(stopPassing);
}

/** @param onGoingOn called when the program lives on after Ctrl+C */
function passSignals(child: ChildProcess, onGoingOn: () => void): () => void {
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  const ignore = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onGoingOn, DYING_TAKES);
  };
  process.on('SIGINT', wait);
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const handlers = [
    ...PASSED_ON.map((signal) => [signal, passOn] as const),
    ...FROM_TERMINAL.map((signal) => [signal, inTerminal ? ignore : passOn] as const),
  ];
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    clearTimeout(timer);
    process.off('SIGINT', wait);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Whoever waits for us must see the signal that ended the program. */
async function dieBy(signal: string): Promise<number> {
  process.kill(process.pid, signal);
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // the signal arrives in a turn or two, or is ignored
  return 128 + (os.constants.signals[signal as NodeJS.Signals] ?? 0);
}

function cannotRun(file: string, error: unknown): string {
  if (errorCode(error) === 'ENOENT') return `the command "${file}" was not found; check its spelling and the PATH.`;
  return `the command "${file}" could not be run (${errorCode(error) ?? messageOf(error)}).`;
}
