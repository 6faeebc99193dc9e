// Runs a program of test/programs/packages with and without the probe, and puts what the picture says of it in words.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Snapshot, ThreadPicture } from '../../src/protocol/picture';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';
import type { RuleId } from '../../src/protocol/rules';
import type { Installed } from './onEach';
import { packagesFolder } from './packages.mjs';
import { NODE } from './runtimes/node';
import { pictureOf, runBare, runObserved, type Outcome, type RunOptions } from './runProgram';

/** Printed last by a program that would never end. */
const HANGS = 'hangs';

export interface PackageRun {
  /** Script of a package that runs the program, as a path in node_modules, and what it is given before the program. */
  tool?: [script: string, ...args: string[]];
  args?: string[];
  /** Sent once the program has printed `HANGS`, so many ms later. */
  signal?: NodeJS.Signals;
  after?: number;
  /** Rules of the findings; none unless said otherwise: a false alarm on a healthy program is a defect. */
  findings?: RuleId[];
}

export interface SeenRun extends Outcome {
  picture: Snapshot;
  events: LifecycleEvent[];
  /** Lines in each log that it left. */
  logs: Record<string, number>;
}

const FETCH_DEADLINE_MS = 10 * 60_000;

/** Gets the packages before the tests of a file. Returns how a program runs on the oldest Node, and the Node after that. */
export function withPackages(): {
  see: (program: string, run?: PackageRun) => Promise<SeenRun>;
  next: () => Installed;
} {
  let [oldest, next]: (Installed | undefined)[] = [];
  before(async function () {
    this.timeout(FETCH_DEADLINE_MS);
    await packagesFolder();
    [oldest, next] = [await NODE.install(NODE.lines[0]!), await NODE.install(NODE.lines[1]!)];
  });
  return { see: (program, run) => seeBothWays(oldest!, program, run), next: () => next! };
}

/** Runs it both ways; fails when they differ in anything that a person or a program could see. */
export async function seeBothWays(installed: Installed, program: string, run: PackageRun = {}): Promise<SeenRun> {
  const [{ events, damaged, ...observed }, bare] = await Promise.all([
    inOwnFolder(installed, program, run, runObserved),
    inOwnFolder(installed, program, run, runBare),
  ]);
  assert.deepEqual(comparable(observed), comparable(bare), 'the same with and without the probe');
  const picture = pictureOf({ ...observed, events, damaged });
  assert.equal(damaged, 0, 'every line can be read');
  assert.ok(picture.processes.length > 0, 'it was observed');
  for (const { supported, problems, lost, unseen } of picture.processes) {
    assert.deepEqual({ supported, problems, lost, unseen }, { supported: true, problems: [], lost: 0, unseen: [] });
  }
  const { findings = [] } = run;
  assert.deepEqual([...new Set(picture.findings.map(({ rule }) => rule))], findings, JSON.stringify(picture.findings));
  return { ...observed, picture, events };
}

/** A file that is full is followed by the next while lines still come: in which of them a line ends up is chance. */
function comparable({ code, signal, stdout, stderr, logs }: Outcome & Pick<SeenRun, 'logs'>): object {
  const lines = Object.values(logs).reduce((sum, count) => sum + count, 0);
  return { code, signal, stdout, stderr, lines };
}

/**
 * Each worker, in the order of their starts: whether it kept the process alive in the end, and how it ended. Of all
 * processes, or of those whose command line matches.
 */
export function endsOf(picture: Snapshot, commandLine = /^/): string[] {
  return workersOf(picture, commandLine).map((thread) => {
    const kind = thread.kind === 'loader-hooks' ? 'loader hooks, ' : '';
    return `${kind}${keptAlive(thread) ? 'keeps alive' : 'daemon'}, ${thread.ended?.by}`;
  });
}

/** jest-worker asks its workers to return, and terminates those that have not done so after half a second. */
export function assertAskedToReturn({ picture }: SeenRun, count: number): void {
  const ends = endsOf(picture);
  assert.equal(ends.length, count);
  for (const end of ends) assert.match(end, /^keeps alive, (returned|terminate)$/);
}

export function workersOf(picture: Snapshot, commandLine = /^/): ThreadPicture[] {
  const keys = picture.processes.filter(({ argv }) => commandLine.test(argv.join(' '))).map(({ key }) => key);
  return picture.threads
    .filter(({ kind, process }) => kind !== 'main' && keys.includes(process))
    .sort((a, b) => keys.indexOf(a.process) - keys.indexOf(b.process) || a.id - b.id);
}

/** Up to the call that ended it: what pools do to a worker that they have given up is chance. */
function keptAlive({ keepsAlive, terminateCalls, ended }: ThreadPicture): boolean | undefined {
  const end = (ended?.by === 'terminate' && terminateCalls[0]?.t) || Infinity;
  return keepsAlive.filter(({ t }) => t < end).at(-1)!.value;
}

type Run<T> = (installed: Installed, file: string, options: RunOptions) => Promise<T>;

/** Its temporary folder is its own, and empty: nothing that one run leaves is there for the next. */
async function inOwnFolder<T extends Outcome>(
  installed: Installed,
  program: string,
  { tool: [script, ...toolArgs] = [''], args = [], signal, after = 0 }: PackageRun,
  run: Run<T>,
): Promise<T & Pick<SeenRun, 'logs'>> {
  const programs = await packagesFolder();
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-packages-'));
  try {
    const outcome = await run(installed, path.join(programs, program), {
      args: script ? [path.join(programs, '..', 'node_modules', script), ...toolArgs] : [],
      programArgs: args,
      env: { TMPDIR: temporary, TEMP: temporary },
      onOutput: (text, kill) => {
        if (signal && text.includes(HANGS)) setTimeout(kill, after, signal);
      },
    });
    return { ...outcome, logs: logsIn(temporary) };
  } finally {
    fs.rmSync(temporary, { recursive: true });
  }
}

function logsIn(folder: string): Record<string, number> {
  const logs = fs.readdirSync(folder).filter((file) => file.endsWith('.log'));
  return Object.fromEntries(logs.map((file) => [file, linesOf(path.join(folder, file))]));
}

const linesOf = (file: string): number => fs.readFileSync(file, 'utf8').split('\n').length - 1;
