// The built command line, run as people run it.
import assert from 'node:assert/strict';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { transformSync } from 'esbuild';
import type { ExitReport } from '../../src/model/report/report';
import { ACTS, HOSTILE, UNSEEN } from '../support/hostileText';
import { pythons } from '../support/runtimes/python';
import { HOSTILE_CODE, HOSTILE_FILES, HOSTILE_LINES, HOSTILE_PROGRAM } from '../support/hostileProgram';
import { type ActivityRecord, Story, site } from '../support/events';
import type { SnapshotLine } from '../../src/protocol/tracks';
import type { ActivityBatch } from '../../src/protocol/probeEvents';
import { ACTIVITY_SUFFIX, SPOOL_SUFFIX } from '../../src/protocol/spool';

const CLI = path.resolve('dist/cli.js');

let folder: string;
/** The temporary folder of all that a test runs. */
let temporary: string;
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines cli '));
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-tmp-'));
  const temporaries = { TMPDIR: temporary, TMP: temporary, TEMP: temporary };
  environment = { ...process.env, ...temporaries, NODE_OPTIONS: '', NO_COLOR: '1' };
});
afterEach(() => {
  for (const made of [folder, temporary]) fs.rmSync(made, { recursive: true, force: true });
});

const cli = (...args: string[]): SpawnSyncReturns<string> => cliWith([], ...args);

/** @param heap in MB */
const cliIn = (heap: number, ...args: string[]): SpawnSyncReturns<string> =>
  cliWith([`--max-old-space-size=${heap}`], ...args);

function cliWith(flags: string[], ...args: string[]): SpawnSyncReturns<string> {
  const options = { cwd: folder, env: environment, input: 'from stdin' };
  return spawnSync(process.execPath, [...flags, CLI, ...args], { ...options, encoding: 'utf8' });
}

function program(source: string, name = 'main.js'): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, source);
  return file;
}

const DAEMON = `
const { Worker } = require('node:worker_threads');
const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
worker.once('online', () => worker.unref());
console.log('out'); console.error('err');
process.exitCode = 5;
`;

const CARELESS = `
const { Worker } = require('node:worker_threads');
const code = "require('node:worker_threads').parentPort.postMessage(1); for (const end = Date.now() + 2000; Date.now() < end;);";
const worker = new Worker(code, { eval: true });
worker.once('message', () => { worker.postMessage('save'); worker.terminate(); });
`;

/** What a program can do to its own spool. `file`: its file there; `folder`: the spool. */
const HARM: Record<string, string> = {
  'its file in the spool is written over': 'fs.writeFileSync(file, Buffer.alloc(1e6))',
  'its file in the spool is cut': 'fs.truncateSync(file, 0)',
  'its file in the spool is removed': 'fs.unlinkSync(file)',
  'the spool is removed': 'fs.rmSync(folder, { recursive: true })',
  'a file takes the place of the spool': "fs.rmSync(folder, { recursive: true }); fs.writeFileSync(folder, 'x')",
  'the spool is closed to all': 'fs.chmodSync(folder, 0)',
  'its file in the spool has millions of empty lines': "fs.appendFileSync(file, '\\n'.repeat(5e6))",
  'a line of its file in the spool has no end':
    "for (let i = 0; i < 100; i++) fs.appendFileSync(file, 'y'.repeat(1e6))",
};

const harmed = (harm: string): string => `
const fs = require('node:fs');
const { Worker } = require('node:worker_threads');
const folder = process.env.THREAD_LIFELINES_SPOOL;
const file = folder + '/' + fs.readdirSync(folder).find((name) => name.endsWith('.spool.ndjson'));
setTimeout(() => {
  ${harm};
  new Worker('setTimeout(() => {}, 50)', { eval: true }).once('exit', () => process.exit(7));
}, 300);
`;

/** What runs made in their temporary folder and did not remove. */
const leftBehind = (): string[] => fs.readdirSync(temporary);

describe('record', () => {
  it('passes output and exit code through, reports on stderr and writes the recording', () => {
    const { status, stdout, stderr } = cli('record', '--out', 'a.lifelines', '--', process.execPath, program(DAEMON));
    assert.equal(status, 5);
    assert.equal(stdout, 'out\n');
    assert.match(
      stderr,
      /^err\n\nThread Lifelines: Nothing is known to be lost\. 1 thread was killed with main\. No findings \(2 threads, /,
    );
    assert.match(stderr, /Recording: .*a\.lifelines/);
    assert.deepEqual(leftBehind(), []);
  });

  (process.platform === 'linux' ? it : it.skip)('tells how long each thread has computed, as the system knows', () => {
    const burns = `
      const { Worker } = require('node:worker_threads');
      const code = 'const { cpuUsage } = process; while (cpuUsage().user < 1.5e6) for (let i = 0; i < 1e6; i++);';
      new Worker(code, { eval: true, name: 'burner' });
    `;
    assert.equal(cli('record', '--out', 'a.lifelines', '--', process.execPath, program(burns)).status, 0);
    const { processes } = JSON.parse(cli('report', 'a.lifelines', '--json').stdout) as ExitReport;
    const [main, burner] = ['main', 'worker'].map((kind) => processes[0]!.threads.find((one) => one.kind === kind)!);
    assert.ok(burner!.processorTime! > 0.5e6, `${burner!.processorTime} µs`);
    assert.ok(burner!.processorTime! > main!.processorTime!, `main: ${main!.processorTime} µs`);
  });

  it('tells findings with lines and advice, and fails on those that it was told to fail on, but for a failed program', () => {
    const file = program(CARELESS);
    const run = (...args: string[]) => cli('record', ...args, '--', process.execPath, file);
    const { status, stderr } = run();
    assert.equal(status, 0);
    assert.match(stderr, /1 error:\n\n {2}error: terminate\(\) right after postMessage\(\) \[terminate-after-post\]\n/);
    assert.match(stderr, /at \S.*main\.js:5:\d+\n/);
    assert.match(stderr, /What to change: Instead of calling terminate\(\)/);
    assert.equal(run('--fail-on', 'terminate-after-post').status, 3);
    assert.equal(run('--fail-on', 'never-exits,cut-off').status, 3);
    assert.equal(run('--fail-on', 'never-exits,load').status, 0);
    const failed = cli(
      'record',
      '--fail-on',
      'cut-off',
      '--',
      process.execPath,
      program(`${CARELESS}process.exitCode = 7`),
    );
    assert.equal(failed.status, 7);
    const recording = path.join(
      folder,
      fs.readdirSync(folder).find((name) => name.endsWith('.lifelines'))!,
    );
    assert.equal(cli('report', recording, '--fail-on', 'info').status, 3);
    assert.equal(cli('report', recording, '--fail-on', 'load').status, 0);
  });

  it('gives the report as JSON', () => {
    const { stderr } = cli('record', '--json', '--', process.execPath, program(CARELESS));
    const { processes } = JSON.parse(stderr) as ExitReport;
    assert.deepEqual(
      processes[0]?.findings.map(({ rule, category, page }) => [rule, category, page]),
      [['terminate-after-post', 'cut-off', 'rules/terminate-after-post.md']],
    );
  });

  it('names the lines of TypeScript that was compiled, also where it made a pool of a package', () => {
    const source = `import { Piscina } from 'piscina';

interface Unused { a: string }

export const pool = (): Piscina => new Piscina();
pool();
`;
    const pool = path.join(folder, 'node_modules', 'piscina');
    for (const made of [pool, path.join(folder, 'src')]) fs.mkdirSync(made, { recursive: true });
    program(
      `const { Worker } = require('node:worker_threads');
       exports.Piscina = class { worker = new Worker('', { eval: true }); };`,
      'node_modules/piscina/index.js',
    );
    program(source, 'src/main.ts');
    const sourcefile = 'src/main.ts';
    const compiled = transformSync(source, { loader: 'ts', format: 'cjs', sourcemap: 'inline', sourcefile });
    const { stderr, status } = cli('record', '--json', '--', process.execPath, program(compiled.code));
    assert.equal(status, 0, stderr);
    const [{ pools }] = (JSON.parse(stderr) as ExitReport).processes as [ExitReport['processes'][number]];
    assert.deepEqual(
      pools.map(({ at }) => [at?.file, at?.line]),
      [[path.join(folder, 'src', 'main.ts'), 5]],
    );
  });

  it('tells on Ctrl+C why a program is still alive that goes on', async () => {
    const file = program(`
      process.on('SIGINT', () => console.log('not yet'));
      process.on('SIGTERM', () => process.exit(0));
      const { Worker } = require('node:worker_threads');
      new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true });
      setTimeout(() => console.log('ready'), 1500);`);
    const child = spawn(process.execPath, [CLI, 'record', '--', process.execPath, file], {
      cwd: folder,
      env: environment,
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('alive because of')) child.kill('SIGTERM');
    });
    child.stdout.once('data', () => child.kill('SIGINT'));
    await once(child, 'close');
    assert.match(said, /[Ss]till alive because of worker “eval \(main\.js:5\)”: it listens for messages/);
  });

  it('passes standard input through', () => {
    const file = program('process.stdin.pipe(process.stdout)');
    assert.equal(cli('record', '--', process.execPath, file).stdout, 'from stdin');
  });

  it('dies by the signal that the program died by', () => {
    const file = program("process.kill(process.pid, 'SIGKILL')");
    const { signal, stderr } = cli('record', '--', process.execPath, file);
    assert.equal(signal, 'SIGKILL');
    assert.match(stderr, /killed by SIGKILL/);
    assert.deepEqual(leftBehind(), []);
  });

  it('removes what an earlier one left that was killed itself, once nobody has touched it for a day', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const left = (name: string, { pid, writer, hours }: { pid: number; writer: number; hours: number }): void => {
      const spool = path.join(temporary, `thread-lifelines-${name}`);
      fs.mkdirSync(spool);
      const time = new Date(Date.now() - hours * 3_600_000);
      for (const [file, text] of [
        ['owner.json', JSON.stringify({ pid, title: 'x', startedAt: 1 })],
        [`${writer}-1.spool.ndjson`, ''],
      ] as const) {
        fs.writeFileSync(path.join(spool, file), text);
        fs.utimesSync(path.join(spool, file), time, time);
      }
    };
    left('abandoned', { pid: dead, writer: dead, hours: 25 });
    left('recent', { pid: dead, writer: dead, hours: 1 });
    left('followed', { pid: process.pid, writer: dead, hours: 25 });
    left('written', { pid: dead, writer: process.pid, hours: 25 });
    cli('record', '--', process.execPath, program(''));
    const kept = ['followed', 'recent', 'written'].map((name) => `thread-lifelines-${name}`);
    assert.deepEqual(leftBehind().sort(), kept);
  });

  it('leaves no recording where the program’s events would have no place', () => {
    environment['TMPDIR'] = environment['TMP'] = environment['TEMP'] = path.join(program(''), 'x');
    const { status, stderr } = cli('record', '--', process.execPath, program("console.log('ran')"));
    assert.equal(status, 1);
    assert.match(stderr, /^thread-lifelines: The folder for the program’s thread events could not be created/);
    assert.deepEqual(fs.readdirSync(folder), ['main.js']);
  });

  it('keeps the program’s exit code when nobody reads what it says', async () => {
    const file = program('process.exitCode = 5');
    const child = spawn(process.execPath, [CLI, 'record', '--', process.execPath, file], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    assert.deepEqual(await once(child, 'exit'), [5, null]);
    assert.deepEqual(leftBehind(), []);
  });

  it('hands a signal on to the program, which may tidy up', async () => {
    const file = program(`
      process.on('SIGTERM', () => { console.log('tidied'); process.exit(3); });
      setInterval(() => {}, 1000);
      console.log('ready');
    `);
    const child = spawn(process.execPath, [CLI, 'record', '--', process.execPath, file], {
      cwd: folder,
      env: environment,
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout === '') child.kill('SIGTERM');
      stdout += chunk.toString();
    });
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 3);
    assert.equal(stdout, 'ready\ntidied\n');
    assert.deepEqual(leftBehind(), []);
  });

  it('names its recording itself when told nothing', () => {
    cli('record', '--', process.execPath, program('', 'my app.js'));
    assert.equal(fs.readdirSync(folder).filter((name) => /my_app\.js\.lifelines$/.test(name)).length, 1);
  });

  it('says so when the command does not exist, and leaves nothing behind', () => {
    const { status, stderr } = cli('record', '--', 'no-such-command');
    assert.equal(status, 127);
    assert.match(stderr, /"no-such-command" was not found; check its spelling/);
    assert.deepEqual(fs.readdirSync(folder), []);
    assert.deepEqual(leftBehind(), []);
  });

  it('does not start the program when the recording cannot be written', () => {
    const file = program("console.log('ran')");
    const { status, stdout, stderr } = cli('record', '--out', path.join(file, 'x'), '--', process.execPath, file);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /recording cannot be written to/);
  });

  it('reports whole when the recording’s disk is full', function () {
    if (!fs.existsSync('/dev/full')) this.skip(); // only Linux has a device that is always full
    const out = path.join(folder, 'a.lifelines');
    // The program swaps the file for the device: the head could be written, what follows cannot.
    const file = program(`
      require('fs').rmSync(${JSON.stringify(out)}); require('fs').symlinkSync('/dev/full', ${JSON.stringify(out)});
      ${DAEMON}`);
    const { status, stderr } = cli('record', '--out', out, '--', process.execPath, file);
    assert.equal(status, 5);
    assert.match(stderr, /killed with main/);
    assert.match(stderr, /ends early, because writing to it failed \(ENOSPC\)/);
  });

  it('loses of a hostile spool what is hostile, and says how much; the program and its recording are whole', () => {
    const out = path.join(folder, 'a.lifelines');
    const file = program(HOSTILE_PROGRAM);
    const recorded = cli('record', '--json', '--out', out, '--', process.execPath, file);
    assert.equal(recorded.status, HOSTILE_CODE);
    assert.deepEqual(fs.readdirSync(temporary), []);
    const live = JSON.parse(recorded.stderr) as ExitReport;
    const again = JSON.parse(cli('report', out, '--json').stdout) as ExitReport;
    assert.equal(live.damaged, HOSTILE_LINES + HOSTILE_FILES);
    assert.equal(again.damaged, 0, 'damage is not recorded');
    for (const { processes } of [live, again]) {
      assert.deepEqual(
        processes.map(({ threads }) => threads.map(({ kind, ended }) => [kind, ended?.by])),
        [
          [
            ['main', 'returned'],
            ['worker', 'returned'],
          ],
        ],
      );
    }
  });

  for (const [what, harm] of Object.entries(HARM)) {
    it(`keeps the program’s exit code, and claims nothing that is not so, where ${what}`, function () {
      if (process.platform === 'win32') this.skip(); // nothing goes there that is open
      const { status, stderr } = cli('record', '--out', 'a.lifelines', '--', process.execPath, program(harmed(harm)));
      assert.equal(status, 7);
      assert.match(stderr, /^Recording: /m);
      assert.doesNotMatch(stderr, /\n {4}at |started no worker|without running its exit handlers|killed at|warning:/i);
      assert.ok(stderr.length < 100_000, String(stderr.length));
      assert.deepEqual(leftBehind(), []);
    });
  }

  it('loses of odd source maps the place alone, and waits for none', function () {
    if (process.platform === 'win32') this.skip(); // has no pipes in folders
    const files = ['pipe', 'device', 'percent'].map((name) =>
      program(`${DAEMON}//# sourceMappingURL=${name}.map\n`, `${name}.js`),
    );
    spawnSync('mkfifo', [path.join(folder, 'pipe.map')]);
    fs.symlinkSync('/dev/zero', path.join(folder, 'device.map'));
    const map = { version: 3, names: [], sources: ['100%.ts'], mappings: ';AAAA;AACA;AACA;AACA' };
    fs.writeFileSync(path.join(folder, 'percent.map'), JSON.stringify(map));
    fs.writeFileSync(path.join(folder, '100%.ts'), DAEMON);
    const told = files.map((file) => {
      assert.equal(cli('record', '--out', 'a.lifelines', '--', process.execPath, file).status, 5);
      return cli('report', 'a.lifelines').stdout;
    });
    for (const text of told) assert.match(text, /killed at/i);
    assert.match(told[2]!, /100%\.ts:\d+/);
  });

  it('keeps programs that are recorded at the same time apart', async () => {
    const file = program(DAEMON);
    const recordings = ['one', 'two'].map((name) => path.join(folder, `${name}.lifelines`));
    const runs = recordings.map((out) =>
      spawn(process.execPath, [CLI, 'record', '--out', out, '--', process.execPath, file], { env: environment }),
    );
    await Promise.all(runs.map((run) => once(run, 'close')));
    const pids = recordings.map((out) => {
      const report = JSON.parse(cli('report', out, '--json').stdout) as ExitReport;
      assert.equal(report.processes.length, 1);
      return report.processes[0]!.pid;
    });
    assert.notEqual(pids[0], pids[1]);
  });

  it('says with which flags the threads of a program under Node’s permission model can be seen', () => {
    const flag = ['--permission', '--experimental-permission'].find((f) => process.allowedNodeEnvironmentFlags.has(f))!;
    const command = [process.execPath, flag, '--allow-fs-read=*', '--allow-worker'];
    const blind = cli('record', '--', ...command, program(DAEMON));
    assert.match(blind.stderr, /permission model/);
    const flags = /--allow-fs-read=\S+ --allow-fs-write=\S+/.exec(blind.stderr)?.[0].split(' ') ?? [];
    assert.equal(flags.length, 2, blind.stderr);
    const seeing = cli('record', '--', ...command, ...flags, program(DAEMON));
    assert.match(seeing.stderr, /killed at/i);
    assert.match(seeing.stderr, /Not visible in this process.*writes in flight/);
  });

  it('says what is wrong in words that no terminal obeys, whatever it was given', () => {
    const words = Object.values(HOSTILE).filter((text) => text.length < 1000 && !text.includes('\0'));
    for (const args of [
      [words.join(' ')],
      ['report', words.join(' ')],
      ['report', '--fail-on', words.join(' '), 'x'],
      ['lint', words.join(' ')],
      ['record', '--out', path.join(program(''), words.join(' ')), '--', 'x'],
      ['record', '--', words.join(' ')],
      ['env', '--out', path.join(program(''), words.join(' '))],
    ]) {
      const { status, stdout, stderr } = cli(...args);
      assert.notEqual(status, 0);
      assert.ok(stderr.startsWith('thread-lifelines: '), stderr);
      for (const line of (stdout + stderr).split('\n')) {
        assert.doesNotMatch(line, ACTS);
        assert.doesNotMatch(line, UNSEEN);
      }
    }
  });

  it('takes what it cannot understand with a usage text', () => {
    for (const args of [
      [],
      ['recrod'],
      ['record', 'node'],
      ['record', '--'],
      ['report'],
      ['record', '--bad', '--', 'x'],
      ['record', '--activity', 'much', '--', 'x'],
      ['report', 'x', '--keep-threads', 'many'],
      ['env', '--activity=-1'],
    ]) {
      const { status, stderr } = cli(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /Usage:/);
    }
  });
});

describe('tasks of asyncio', () => {
  const TASKS = 'import asyncio\nasync def fetch(): pass\nasync def main(): await asyncio.gather(fetch(), fetch())\n';

  it('are recorded where that is asked for, and are one line of the report', function () {
    const python = pythons().get('3.13') ?? pythons().get('3.12');
    if (!python) return this.skip(); // older ones do not tell
    const file = path.join(folder, 'tasks.py');
    fs.writeFileSync(file, `${TASKS}asyncio.run(main())\n`);
    cli('record', '--asyncio-tasks', '--out', 'tasks.lifelines', '--', python, file);
    const line = '  asyncio: 3 tasks, fetch × 2, main × 1\n';
    assert.ok(cli('report', 'tasks.lifelines').stdout.includes(line));
    cli('record', '--out', 'none.lifelines', '--', python, file);
    assert.doesNotMatch(cli('report', 'none.lifelines').stdout, /asyncio:/);
  });

  it('are asked for in the variables of env', () => {
    assert.match(cli('env', '--asyncio-tasks').stdout, /^THREAD_LIFELINES_ACTIVITY=::asyncio-tasks$/m);
  });
});

describe('stacks', () => {
  const BUSY = `
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
if (isMainThread) {
  const waiting = new Set(['spins', 'waits', 'idles']);
  const ready = (name) => waiting.delete(name) && waiting.size === 0 && console.log('pid', process.pid);
  for (const name of waiting) new Worker(__filename, { name, workerData: name }).on('message', ready);
  if (process.argv[2] === 'blocks') setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 500);
} else {
  parentPort.postMessage(workerData);
  if (workerData === 'spins') setImmediate(function spin() { for (;;); });
  else if (workerData === 'waits') setImmediate(function wait() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });
  else setInterval(() => {}, 1000);
}`;
  const PYTHON_BUSY = `import os, queue, threading, time
def spins():
    while True: sum(range(1000))
def waits(): jobs.get()
def sleeps(): time.sleep(100)
def last():
    threading.Event().wait()
jobs = queue.Queue()
for work in (spins, waits, sleeps): threading.Thread(target=work, name=work.__name__, daemon=True).start()
time.sleep(0.2)
print("pid", os.getpid(), flush=True)
last()
`;
  let child: ReturnType<typeof spawn> | undefined;
  afterEach(() => void child?.kill('SIGTERM'));

  /** Returns the program's process id once all its threads have begun. */
  const started = (...args: string[]): Promise<string> => startedBy(process.execPath, program(BUSY), ...args);

  async function startedBy(...command: string[]): Promise<string> {
    child = spawn(process.execPath, [CLI, 'record', '--', ...command], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    for await (const chunk of child.stdout!) {
      const [, pid] = /pid (\d+)\n/.exec((said += String(chunk))) ?? [];
      if (pid !== undefined) return pid;
    }
    throw new Error(`it ended: ${said}`);
  }

  it('prints where each worker of a program is that runs, without a debugger', async () => {
    const { status, stdout, stderr } = cli('stacks', await started());
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /\(thread 1\): running\n {4}at spin \(.*main\.js:10:\d+\)/);
    assert.match(stdout, /\(thread 2\): waiting in Atomics\.wait\n {4}at wait \(.*main\.js:11:\d+\)/);
    assert.match(stdout, /\(thread 3\): waiting in its event loop\n/);
  });

  it('prints where each thread of a Python program is, with the call that it is in', async function () {
    const [python] = pythons().values();
    if (!python) return this.skip(); // there is none
    const file = path.join(folder, 'threads.py');
    fs.writeFileSync(file, PYTHON_BUSY);
    const { status, stdout, stderr } = cli('stacks', await startedBy(python, file));
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^main: waiting in Event\.wait\(\)\n {4}at last \(.*threads\.py:7:\d+\)\n/);
    assert.match(stdout, /^spins \(thread 1\): (running|in sum\(\))\n {4}at spins \(.*threads\.py:3:\d+\)\n/m);
    assert.match(stdout, /^waits \(thread 2\): waiting in queue\.get\(\) of “jobs”\n {4}at waits \(.*:4:\d+\)\n/m);
    assert.match(stdout, /^sleeps \(thread 3\): in time\.sleep\(\)\n {4}at sleeps \(.*:5:\d+\)\n/m);
  });

  it('gives them as JSON', async () => {
    const { stdout } = cli('stacks', '--json', await started());
    const threads = JSON.parse(stdout) as {
      id: number;
      state: string;
      frames?: { function?: string; line: number }[];
    }[];
    assert.deepEqual(
      threads.map(({ id, frames }) => [id, frames?.[0]?.function]),
      [
        [0, undefined],
        [1, 'spin'],
        [2, 'wait'],
        [3, undefined],
      ],
    );
  });

  it('says so when main does not turn its event loop, and when there is nobody to ask', async () => {
    const pid = await started('blocks');
    const blocked = cli('stacks', pid);
    const again = blocked.status === 0 ? cli('stacks', pid) : blocked; // it may have been asked before it blocked
    assert.deepEqual([again.status, again.stdout], [1, '']);
    assert.match(again.stderr, /did not answer within 5 s: the event loop of its main thread does not turn/);
    assert.match(cli('stacks', String(process.pid)).stderr, /is not observed\. Start the program with/);
    assert.match(cli('stacks', '4194305').stderr, /There is no process 4194305/);
    assert.equal(cli('stacks').status, 2);
  });
});

describe('report', () => {
  it('sums up the threads that ended before those that are kept, and counts them', () => {
    const story = new Story().begin(1_000_000);
    for (let id = 1; id <= 12; id++) {
      const t = 1_000_000 + id * 10_000;
      story.tell(0, t, 'thread-start', { id, file: '/app/worker.js', at: site(7) });
      story.tell(id, t + 5000, 'exiting', { cause: 'returned', code: 0 }).tell(id, t + 5001, 'exited', { code: 0 });
    }
    story.tell(0, 2_000_000, 'exiting', { cause: 'returned', code: 0 }).tell(0, 2_000_001, 'exited', { code: 0 });
    const head = { k: 'recording', v: 1, by: '0.1.0', title: 'x', wall: 1 };
    const lines = [head, ...story.events].map((line) => JSON.stringify(line));
    fs.writeFileSync(path.join(folder, 'many.lifelines'), `${lines.join('\n')}\n`);
    const text = cli('report', 'many.lifelines', '--keep-threads', '2').stdout;
    assert.match(text, /10 earlier threads, grouped by the line that started them:/);
    assert.match(text, /main\.js:7 \(worker\.js\): 10 threads, 10 returned, lived for 0\.005 s to 0\.005 s/);
    assert.match(text, /12 × worker\.js: 12 threads/, 'its pool has them all');
    const { processes } = JSON.parse(
      cli('report', 'many.lifelines', '--keep-threads', '2', '--json').stdout,
    ) as ExitReport;
    assert.equal(processes[0]!.threads.length, 3);
    assert.deepEqual(processes[0]!.earlier[0]!.endings, { returned: 10 });
    assert.doesNotMatch(cli('report', 'many.lifelines').stdout, /earlier/);
  });

  it('prints a recording again, also as JSON', () => {
    const recorded = cli('record', '--out', 'b.lifelines', '--', process.execPath, program(CARELESS));
    const again = cli('report', 'b.lifelines');
    assert.equal(again.status, 0);
    assert.ok(recorded.stderr.includes(again.stdout), 'the same text');
    cli('record', '--out', 'a.lifelines', '--', process.execPath, program(DAEMON));
    const { processes } = JSON.parse(cli('report', 'a.lifelines', '--json').stdout) as ExitReport;
    assert.equal(processes[0]?.cutOff[0]?.ended?.by, 'main-exit');
    assert.equal(processes[0]?.exit?.code, 5);
  });

  it('gives editors a snapshot in their person’s language, and is in English besides', () => {
    cli('record', '--out', 'a.lifelines', '--', process.execPath, program(DAEMON));
    const because = /"because":"mit main abgebrochen: nichts hielt ihn mehr am Leben/;
    assert.match(cli('report', 'a.lifelines', '--snapshot', '--locale', 'de').stdout, because);
    for (const args of [['--snapshot'], ['--snapshot', '--locale', 'en'], ['--json', '--locale', 'de']])
      assert.match(cli('report', 'a.lifelines', ...args).stdout, /"because": ?"killed with main: /);
    assert.match(cli('report', 'gone', '--snapshot', '--locale', 'de').stderr, /sie ist nicht vorhanden/);
  });

  it('keeps for editors what long recordings tell, until they change or are gone', () => {
    const story = new Story().begin(1_000_000);
    for (let id = 1; id <= 16_000; id++) {
      const t = 1_000_000 + id * 1000;
      story.tell(0, t, 'thread-start', { id, file: '/app/worker.js', at: site(7) });
      story.tell(id, t + 500, 'exiting', { cause: 'returned', code: 0 }).tell(id, t + 501, 'exited', { code: 0 });
    }
    const file = path.join(folder, 'long.lifelines');
    const lines = [{ k: 'recording', v: 1, by: '0.1.0', title: 'x', wall: 1 }, ...story.events];
    fs.writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    const kept = path.join(folder, 'kept');
    const open = (keep = '50'): string =>
      cli('report', file, '--snapshot', '--keep-threads', keep, '--kept', kept).stdout;
    const told = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as SnapshotLine);
    const first = told(open());
    const [name] = fs.readdirSync(kept);
    const again = told(open());
    assert.deepEqual(again.at(-1), first.at(-1), 'the same picture');
    const tracks = (all: SnapshotLine[]) => all.flatMap((line) => ('tracks' in line ? line.tracks.tracks : []));
    const last = first.at(-1)!;
    const keys = new Set('snapshot' in last ? last.snapshot.threads.map(({ key }) => key) : []);
    assert.deepEqual(
      tracks(again),
      tracks(first).filter(({ thread }) => keys.has(thread)),
    );
    assert.ok(tracks(again).length >= 50);
    if (process.platform !== 'win32') assert.equal(fs.statSync(path.join(kept, name!)).mode & 0o077, 0);

    assert.notDeepEqual(told(open('10')).at(-1), first.at(-1), 'asked for otherwise');
    assert.equal(fs.readdirSync(kept).length, 2);
    fs.appendFileSync(
      file,
      `${JSON.stringify({ k: 'process-end', p: '100-1000', t: 3e7, how: 'exit-status', code: 3 })}\n`,
    );
    assert.match(open(), /"code":3/, 'read anew');
    fs.renameSync(file, path.join(folder, 'other.lifelines'));
    cli('report', 'other.lifelines', '--snapshot', '--kept', kept);
    assert.equal(fs.readdirSync(kept).length, 1, 'what was kept of a recording that is gone is gone');
  });

  it('reads a folder of which much less fits in memory', () => {
    const [processes, batches, records] = [10, 180, 2048];
    const story = new Story('1-1000', 1).begin(1000).tell(0, 2000, 'thread-start', { id: 1 });
    const asLines = (events: object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
    const begun = story.events.slice();
    const samples = Array.from({ length: records }, (_, i): ActivityRecord => ['loop', 3000 + i, 1, 500, 1]);
    const batch = story.activity(0, 3000 + records, samples).events.at(-1) as ActivityBatch;
    for (let n = 1; n <= processes; n++) {
      const p = `${n}-1000`;
      fs.writeFileSync(path.join(folder, `${p}${SPOOL_SUFFIX}`), asLines(begun.map((event) => ({ ...event, p }))));
      const all = Array.from({ length: batches }, (_, i) => ({
        ...batch,
        p,
        n: i * records,
        base: batch.base + i * records,
        t: batch.t + i * records,
      }));
      fs.writeFileSync(path.join(folder, `${p}.0${ACTIVITY_SUFFIX}`), asLines(all));
    }
    const { status, stdout, stderr } = cliIn(50, 'report', folder, '--json');
    assert.deepEqual([stderr, status], ['', 0]);
    const report = JSON.parse(stdout) as ExitReport;
    assert.deepEqual([report.processes.length, report.damaged], [processes, 0]);
    assert.ok(report.processes.every(({ dropped, threads }) => dropped === 0 && threads.length === 2));
  });

  it('reads a recording that is longer than a text can be', () => {
    const file = path.join(folder, 'long.lifelines');
    const head = { k: 'recording', v: 1, by: '0.1.0', title: 'x', wall: 1 };
    const lines = [head, ...new Story().begin(1000).events].map((line) => `${JSON.stringify(line)}\n`);
    fs.writeFileSync(file, lines.join(''));
    fs.truncateSync(file, 600e6); // takes no room on most disks
    const { status, stdout, stderr } = cliIn(100, 'report', file);
    assert.deepEqual([stderr, status], ['', 0]);
    assert.match(stdout, /1 line of the recording could not be read/);
  });

  it('says in one line that there are too many threads at once to be shown', () => {
    const file = path.join(folder, 'many.lifelines');
    const fd = fs.openSync(file, 'w');
    fs.writeSync(fd, `${JSON.stringify({ k: 'recording', v: 1, by: '0.1.0', title: 'x', wall: 1 })}\n`);
    for (let first = 1; first < 300_000; first += 1000) {
      const starts = Array.from({ length: 1000 }, (_, i) => ({ k: 'thread-start', p: '1-1', tid: 0, q: first + i, t: 1000, id: first + i })); // prettier-ignore
      fs.writeSync(fd, starts.map((start) => `${JSON.stringify(start)}\n`).join(''));
    }
    fs.closeSync(fd);
    for (const form of [[], ['--json']]) {
      const { status, stderr } = cli('report', file, ...form);
      assert.equal(status, 1);
      assert.match(
        stderr,
        /^thread-lifelines: The recording cannot be shown: it tells of more than \d+ threads at once\.\n$/,
      );
    }
  });

  it('prints of a hostile recording nothing that a terminal obeys, in each form', () => {
    const texts = Object.values(HOSTILE).filter((text) => text.length < 1000);
    const story = new Story().begin(1000);
    texts.forEach((text, i) => {
      const at = { ...site(3), file: `/app/${text}` };
      story
        .tell(0, 2000, 'thread-start', { id: i + 1, name: text, file: text, at })
        .tell(0, 3000, 'thread-error', { id: i + 1, name: text, message: text, stack: text, at })
        .tell(0, 3000, 'probe-error', { message: text });
    });
    const head = { k: 'recording', v: 2, by: texts[0], title: texts.join(' '), wall: 0 };
    const lines = [head, ...story.end(4000, 'gone').events].map((event) => `${JSON.stringify(event)}\n`);
    fs.writeFileSync(path.join(folder, 'a.lifelines'), lines.join(''));
    for (const form of [[], ['--json'], ['--snapshot']]) {
      const { status, stdout } = cli('report', 'a.lifelines', ...form);
      assert.equal(status, 0);
      assert.ok(stdout.includes('evil.example'));
      for (const line of stdout.split('\n')) {
        assert.doesNotMatch(line, ACTS);
        assert.doesNotMatch(line, UNSEEN);
      }
    }
  });

  it('reads a recording that breaks off', () => {
    cli('record', '--out', 'a.lifelines', '--', process.execPath, program(DAEMON));
    const file = path.join(folder, 'a.lifelines');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    const start = lines.findIndex((line) => line.includes('"thread-start"'));
    fs.writeFileSync(file, lines.slice(0, start + 1).join('\n') + '\n{"k":"thread-on');
    const { status, stdout } = cli('report', 'a.lifelines');
    assert.equal(status, 0);
    assert.match(stdout, /Contact was lost/);
    assert.match(stdout, /1 line of the recording could not be read/);
  });

  it('prints no stack when nobody reads it, or its output cannot be written', async function () {
    cli('record', '--out', 'a.lifelines', '--', process.execPath, program(DAEMON));
    const args = [CLI, 'report', 'a.lifelines'];
    const child = spawn(process.execPath, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([said, code], ['', 0]);
    if (!fs.existsSync('/dev/full')) this.skip(); // only Linux has a device that is always full
    const full = fs.openSync('/dev/full', 'w');
    const stdio = ['ignore', full, 'pipe'] as const;
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env: environment, stdio: [...stdio] });
    fs.closeSync(full);
    assert.equal(stderr.toString(), 'thread-lifelines: the output could not be written (ENOSPC).\n');
    assert.equal(status, 1);
  });

  it('says what is wrong with a file that is none', () => {
    const { status, stderr } = cli('report', program('nothing'));
    assert.equal(status, 1);
    assert.match(stderr, /main\.js cannot be opened: it is not a recording/);
    assert.match(cli('report', 'gone').stderr, /there is no such file/);
  });
});

describe('lint', () => {
  const CARELESS_SOURCE = `const { Worker } = require('node:worker_threads');
const worker = new Worker('1', { eval: true, name: 'a' });
worker.postMessage('save');
worker.terminate();
`;

  it('tells each place, rule and advice of a folder, and ends with 1', () => {
    program(CARELESS_SOURCE, 'a.js');
    program(`new (require('worker_threads').Worker)('1', { eval: true });\n`, 'b.mts');
    fs.mkdirSync(path.join(folder, 'node_modules'));
    program(CARELESS_SOURCE, 'node_modules/c.js');
    fs.writeFileSync(path.join(folder, '.gitignore'), 'made.js\n');
    program(CARELESS_SOURCE, 'made.js');
    const { status, stdout } = cli('lint');
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^a\.js:4:1 warning terminate\(\) stops .* \[terminate-after-post\]\nb\.mts:1:1 info .*\[unnamed-worker\]\n\n/,
    );
    assert.match(stdout, /\n {2}terminate-after-post: Instead of calling terminate\(\)/);
    assert.match(stdout, /\n2 findings in 2 files\n$/);
  });

  it('reads Python beside JavaScript, and advises in its words', () => {
    program(CARELESS_SOURCE, 'a.js');
    const text = [
      'def save():',
      '    with open("a.log", "w") as out:',
      '        while True:',
      '            out.write("a")',
    ];
    program(['import threading', ...text, 'threading.Thread(target=save, daemon=True).start()\n'].join('\n'), 'b.py');
    fs.mkdirSync(path.join(folder, 'venv'));
    program('import threading\nthreading.Thread(target=print, args=(5)).start()\n', 'venv/c.py');
    const { status, stdout } = cli('lint');
    assert.equal(status, 1);
    assert.match(stdout, /\nb\.py:6:1 error This daemon writes .* \[cut-off-while-writing\]\n/);
    assert.match(stdout, /\n {2}cut-off-while-writing: .* wait for it with join\(\)/);
    assert.match(stdout, /\n2 findings in 2 files\n$/);
  });

  it('ends with 0 where there is nothing to find, or a hint alone', () => {
    program('console.log(1);\n', 'a.js');
    assert.deepEqual([cli('lint').status, cli('lint').stdout], [0, '0 findings in 1 file\n']);
    program(`new (require('worker_threads').Worker)('1', { eval: true });\n`, 'a.js');
    assert.equal(cli('lint', 'a.js').status, 0);
  });

  it('gives the same as JSON and as SARIF', () => {
    program(CARELESS_SOURCE, 'a b.js');
    const { findings } = JSON.parse(cli('lint', '--json').stdout) as { findings: { rule: string; line: number }[] };
    assert.deepEqual(
      findings.map(({ rule, line }) => [rule, line]),
      [['terminate-after-post', 4]],
    );
    const { version, runs } = JSON.parse(cli('lint', '--sarif').stdout) as {
      version: string;
      runs: { results: { ruleId: string; level: string; locations: { physicalLocation: object }[] }[] }[];
    };
    assert.equal(version, '2.1.0');
    const [{ ruleId, level, locations }] = runs[0]!.results as [(typeof runs)[0]['results'][0]];
    assert.deepEqual([ruleId, level], ['terminate-after-post', 'warning']);
    assert.deepEqual(locations[0]!.physicalLocation, {
      artifactLocation: { uri: 'a%20b.js', uriBaseId: 'SRCROOT' },
      region: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 19 },
    });
  });

  it('names files and threads so that a terminal obeys none of them', function () {
    if (process.platform === 'win32') this.skip(); // has no such names
    const name = 'a\u001b[31m\u009b2J\nerror: b\u202e.js';
    program(CARELESS_SOURCE, name);
    const { stdout } = cli('lint');
    assert.match(stdout, /^a\\u\{1b\}\[31m\\u\{9b\}2J\\u\{a\}error: b\\u\{202e\}\.js:4:1 warning /);
    for (const form of ['--json', '--sarif']) {
      const printed = cli('lint', form).stdout;
      assert.doesNotMatch(printed.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
      assert.ok(
        JSON.stringify(JSON.parse(printed)).includes(form === '--json' ? JSON.stringify(name).slice(1, -1) : '%1B'),
      );
    }
    assert.doesNotMatch(cli('lint', '\u001b[31m').stderr, /\u001b/);
  });

  it('says so when there is no such file', () => {
    const { status, stderr } = cli('lint', 'no.js');
    assert.equal(status, 1);
    assert.match(stderr, /File or folder not found: no\.js/);
  });

  it('finds on the demo what its exit report names, on the lines of the mistakes', () => {
    const demo = path.resolve('test/programs/node/demo');
    const { findings } = JSON.parse(cli('lint', '--json', demo).stdout) as {
      findings: { rule: string; file: string; line: number }[];
    };
    const lineOf = (file: string, text: string): number =>
      fs
        .readFileSync(path.join(demo, file), 'utf8')
        .split('\n')
        .findIndex((line) => line.startsWith(text)) + 1;
    assert.deepEqual(
      findings.map(({ rule, file, line }) => [rule, path.basename(file), line]),
      [
        ['cut-off-while-writing', 'main.js', lineOf('main.js', 'logger.unref()')],
        ['unresponsive-worker', 'stuck.js', lineOf('stuck.js', 'for (')],
      ],
    );
  });

  it('says of the programs of the rules no more than their runs do, but for what only time tells', () => {
    const programs = path.resolve('test/programs/findings');
    const { findings } = JSON.parse(cli('lint', '--json', programs).stdout) as {
      findings: { rule: string; severity: string; file: string }[];
    };
    const isOf = (rule: string, file: string): boolean => path.basename(file).startsWith(`${rule}.`);
    // Notes are of what is none's mistake in this run.
    const twins = findings.filter(
      ({ rule, severity, file }) => severity !== 'info' && (!isOf(rule, file) || file.endsWith('.near.js')),
    );
    assert.deepEqual(
      twins.map(({ rule, file }) => [rule, path.basename(file)]),
      [
        // Main happens to wait for longer than the worker takes.
        ['cut-off-while-writing', 'cut-off-while-writing.near.js'],
        // Main waits without a time limit: for what a run shows, or for a worker that does not fail this time.
        ['main-blocked', 'deadlock.gone.js'],
        ['main-blocked', 'deadlock.js'],
        ['main-blocked', 'deadlock.near.js'],
        // Which of the workers that one line starts go on listening is not told there.
        ['held-by-worker', 'exit-listener-skipped.near.js'],
        // The worker that fills its memory does it in a loop without an end.
        ['unresponsive-worker', 'out-of-memory.js'],
      ],
    );
  });
});

describe('env', () => {
  it('brings the probe into programs that are started with its variables', () => {
    const { status, stdout } = cli('env', '--out', 'spool dir');
    assert.equal(status, 0);
    const variables = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const { status: code } = spawnSync(process.execPath, [program(DAEMON)], { env: { ...environment, ...variables } });
    assert.equal(code, 5);
    assert.match(cli('report', 'spool dir').stdout, /daemon +killed at .*killed with main/i);
  });

  it('says so when programs could not write there', () => {
    const { status, stderr } = cli('env', '--out', path.join(program(''), 'x'));
    assert.equal(status, 1);
    assert.match(stderr, /Programs could not write to .*choose another folder with --out/);
  });

  it('says so below /proc too, where Node’s own way to make folders never ends, as record does', function () {
    if (process.platform !== 'linux') this.skip(); // there is none
    for (const out of ['/proc/x', '/proc/x/y/z']) {
      const env = cli('env', '--out', out);
      assert.equal(env.status, 1);
      assert.match(env.stderr, /Programs could not write to \/proc\/x.* \(ENOENT\); choose another folder with --out/);
      const record = cli('record', '--out', `${out}/file`, '--', process.execPath, '-e', '0');
      assert.notEqual(record.status, null);
      assert.match(record.stderr, /The recording cannot be written to \/proc\/x.* \(ENOENT\)/);
    }
  });
});
