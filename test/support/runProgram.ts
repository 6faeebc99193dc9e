// Runs a program on an installed runtime, with the probe, with an empty preload or with nothing, and tells what came of it.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { emptyModel, fold, type Model } from '../../src/model/facts/facts';
import { snapshotOf } from '../../src/model/picture';
import { type LifecycleEvent } from '../../src/protocol/probeEvents';
import { SPOOL_VARIABLE } from '../../src/protocol/spool';
import type { Snapshot } from '../../src/protocol/picture';
import { monotonicMicros } from '../../src/transport/clock';
import { NEWLINE } from '../../src/transport/spool/lines';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import type { Installed } from './onEach';

/** A program of the tests that takes longer hangs. */
const DEADLINE_MS = 90_000;
const PAGE_BYTES = 4096;

export interface Outcome {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

export interface Run extends Outcome {
  pid: number | undefined;
}

export interface Observed extends Run {
  events: LifecycleEvent[];
  damaged: number;
  /** Files that end in the middle of a line, at the end of a page. */
  cutAtPage: number;
  /** When it had ended, in µs on the clock of its events. */
  endedAt: number;
}

export interface RunOptions {
  /** The runtime's own. */
  args?: string[];
  programArgs?: string[];
  /** Where it runs; its own folder, unless given. */
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with each piece of the program's output. */
  onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Without anything of ours. */
export function runBare(installed: Installed, file: string, options: RunOptions = {}): Promise<Run> {
  const env = installed.runtime.bareEnvironment(process.env);
  return run(installed.path, file, { ...options, env: { ...env, ...options.env } });
}

/** With another preload in the probe's place: what differs then is the probe's doing. */
export function runWithPreload(
  installed: Installed,
  file: string,
  preload: string,
  options: RunOptions = {},
): Promise<Run> {
  return inSpool((spool) =>
    runBare(installed, file, {
      ...options,
      env: { ...installed.runtime.preloading(preload, spool), ...options.env },
    }),
  );
}

/** With the probe; `events` is all that it wrote. */
export function runObserved(installed: Installed, file: string, options: RunOptions = {}): Promise<Observed> {
  const { runtime } = installed;
  return inSpool(async (spool) => {
    const env = { ...runtime.preloading(runtime.probe, spool), ...options.env };
    const outcome = await runBare(installed, file, { ...options, env });
    const written = env[SPOOL_VARIABLE] ?? spool;
    const { events, damaged } = new SpoolReader(written).readRest();
    return { ...outcome, events, damaged, cutAtPage: cutAtPage(written), endedAt: monotonicMicros() };
  });
}

/** Linux ends a write between two pages when SIGKILL comes in the middle of it: nothing that a program does can prevent it. */
function cutAtPage(spool: string): number {
  const contents = fs.readdirSync(spool).map((name) => fs.readFileSync(path.join(spool, name)));
  return contents.filter((bytes) => bytes.length % PAGE_BYTES === 0 && bytes.length > 0 && bytes.at(-1) !== NEWLINE)
    .length;
}

/** What the model makes of a run that is over. */
export const pictureOf = (run: Observed): Snapshot =>
  snapshotOf(modelOf(run), { title: 'test', now: 0, damaged: 0, complete: true, notices: [] });

/** Of a run that is over. */
export function modelOf({ events, pid, code, signal, endedAt: t }: Observed, keepsTracks = false): Model {
  const model = emptyModel(keepsTracks);
  for (const event of events) fold(model, event);
  for (const p of new Set(events.map((event) => event.p))) {
    const status = signal ? { signal } : { code: code ?? 0 };
    const isChild = Number.parseInt(p, 10) !== pid;
    fold(model, { k: 'process-end', p, t, ...(isChild ? { how: 'gone' } : { how: 'exit-status', ...status }) });
  }
  return model;
}

/** Number of the first line, from 1, that holds `mark`. */
export const lineOf = (file: string, mark: string): number => linesOf(file, mark)[0]!;

/** Numbers of the lines, from 1, that hold `mark`; an error where none does. */
export function linesOf(file: string, mark: string): number[] {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const found = lines.flatMap((line, i) => (line.includes(mark) ? [i + 1] : []));
  if (found.length === 0) throw new Error(`${file} has no line with ${mark}`);
  return found;
}

async function inSpool<T>(body: (spool: string) => Promise<T>): Promise<T> {
  const spool = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines spool '));
  try {
    return await body(spool);
  } finally {
    fs.rmSync(spool, { recursive: true, force: true });
  }
}

function run(
  executable: string,
  file: string,
  { args = [], programArgs = [], cwd = path.dirname(file), env, onOutput }: RunOptions,
): Promise<Run> {
  const child = spawn(executable, [...args, file, ...programArgs], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  });
  const outcome: Outcome = { code: null, signal: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    outcome.stdout += chunk.toString();
    onOutput?.(chunk.toString(), (signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      resolve({ ...outcome, code, signal, pid: child.pid });
    });
  });
}
