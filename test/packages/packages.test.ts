// Published packages that use threads do the same with and without the probe, and the picture tells what is true of them:
// how each of their threads ended, and whether it kept the process alive. The first comment of each program says what
// must be seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ThreadPicture } from '../../src/protocol/picture';
import { onEach, type Installed } from '../support/onEach';
import { NODE } from '../support/runtimes/node';
import { endsOf, seeBothWays, workersOf, type PackageRun, type SeenRun } from '../support/packageRuns';
import { packagesFolder } from '../support/packages.mjs';

const FETCH_DEADLINE_MS = 10 * 60_000;

let oldest: Installed;
let next: Installed;
before(async function () {
  this.timeout(FETCH_DEADLINE_MS);
  await packagesFolder();
  const [first, second] = NODE.lines;
  oldest = (await NODE.install(first!))!;
  next = (await NODE.install(second!))!;
});

/** How often it became so, with its start. */
const timesRefd = ({ refs }: ThreadPicture): number =>
  refs.reduce((sum, { value, run }) => sum + (run ? Math.trunc((run.count! + Number(value)) / 2) : Number(value)), 0);

const see = (program: string, run?: PackageRun): Promise<SeenRun> => seeBothWays(oldest, program, run);

/**
 * When its file is closed a thread of pino's calls process.exit, and main, which waits for that in its exit handlers, goes
 * on to end the process: who is first is chance. Main ref'd the thread before it waited.
 */
function assertFlushedAtExit({ picture }: SeenRun): void {
  const [worker, ...others] = workersOf(picture);
  assert.equal(others.length, 0);
  assert.deepEqual(
    worker!.refs.map(({ value }) => value),
    [true, false, true],
  );
  assert.ok(['main-exit', 'exit-call'].includes(worker!.ended!.by), worker!.ended!.because);
  assert.equal(picture.processes[0]?.exit?.by, 'returned');
}

/** Long enough that every thread has told that it has nothing to do, in ms. */
const STUCK_MS = 6_000;
const HELD: PackageRun = { signal: 'SIGTERM', after: STUCK_MS, findings: ['held-by-worker'] };

/** The finding names the pool, and the program's own line that made it. */
function assertPoolNamed({ picture: { findings, pools } }: SeenRun, label: string, source: string): void {
  const { at, pool } = findings[0]!;
  assert.equal(pools.find(({ key }) => key === pool)?.label, label);
  const line = readFileSync(at!.file, 'utf8').split('\n')[at!.line - 1]!;
  assert.ok(line.includes(source), `${at!.file}:${at!.line}`);
}

/** What each is called, and the text of the program's line on which it is said to have been started. */
function namesOf({ picture }: SeenRun): string[] {
  return workersOf(picture).map(({ kind, label, startSite: at }) => {
    const line =
      at && !at.file.includes('node_modules/') ? readFileSync(at.file, 'utf8').split('\n')[at.line - 1]! : '';
    return `${kind}, ${label}: ${/(?:new )?[\w.]+\(/.exec(line)?.[0] ?? 'no line'}`;
  });
}

/** jest-worker asks its workers to return, and terminates those that have not done so after half a second. */
function assertAskedToReturn({ picture }: SeenRun, count: number): void {
  const ends = endsOf(picture);
  assert.equal(ends.length, count);
  for (const end of ends) assert.match(end, /^keeps alive, (returned|terminate)$/);
}

onEach(NODE, 'packages', (node) => {
  const seeOnIt = (program: string, run?: PackageRun): Promise<SeenRun> => seeBothWays(node(), program, run);

  it('pino: the thread has written all lines before main goes', async () => {
    const seen = await seeOnIt('pino.js');
    assertFlushedAtExit(seen);
    assert.deepEqual(seen.logs, { 'pino.log': 1000 });
  });

  it('pino: a signal in a burst loses the lines, and main and the thread end by it', async () => {
    const { picture, signal, logs } = await seeOnIt('pinoSignal.js', { findings: ['cut-off-while-writing'] });
    assert.equal(signal, 'SIGTERM');
    assert.deepEqual(endsOf(picture), ['daemon, signal']);
    assert.deepEqual(logs, { 'pino.log': 1000 });
    assert.match(
      picture.findings[0]!.text,
      /was killed by SIGTERM\. It (had just written to|was writing .* to) \S*pino\.log/,
    );
  });

  it('piscina: idle workers are daemons and are killed with main', async () => {
    assert.deepEqual(endsOf((await seeOnIt('piscina.js')).picture), ['daemon, main-exit', 'daemon, main-exit']);
  });

  it('piscina: destroy() terminates the workers', async () => {
    const { picture } = await seeOnIt('piscina.js', { args: ['destroy'] });
    assert.deepEqual(endsOf(picture), ['daemon, terminate', 'daemon, terminate']);
  });

  it('tinypool: the workers of a pool that is an ES module are seen', async () => {
    assert.deepEqual(endsOf((await seeOnIt('tinypool.mjs')).picture), ['daemon, main-exit', 'daemon, main-exit']);
  });

  it('workerpool: the workers keep the process alive until they are asked to exit', async () => {
    const { picture } = await seeOnIt('workerpool.js', { args: ['end'] });
    assert.deepEqual(endsOf(picture), ['keeps alive, exit-call', 'keeps alive, exit-call']);
  });

  it('synckit: the thread that main waits for is a daemon, and is known to run before main can hear of it', async () => {
    const { picture, events } = await seeOnIt('synckit.js');
    assert.deepEqual(endsOf(picture), ['daemon, main-exit']);
    const heard = events.find(({ k }) => k === 'thread-online')?.t ?? Infinity;
    assert.ok(workersOf(picture)[0]!.onlineAt! < heard);
  });

  it('pools: the tasks that are cut off are known by their names', async () => {
    const { picture } = await seeOnIt('poolTasks.mjs', { findings: ['task-cut-off', 'exit-with-live-workers'] });
    const tasks = workersOf(picture).map(({ unfinished = [] }) =>
      unfinished.filter(({ what }) => what === 'task').map(({ text }) => text.replace('the task ', '')),
    );
    const inFile = 'forever (tasks.js)';
    assert.deepEqual(tasks.flat().sort(), ['forever', 'forever', inFile, inFile, inFile, 'tasks.forever']);
  });

  it('comlink: terminate() ends the worker', async () => {
    const { picture } = await seeOnIt('comlink.mjs', { args: ['terminate'] });
    assert.deepEqual(endsOf(picture), ['keeps alive, terminate']);
  });
});

describe('loggers', () => {
  it('pino: a daemon that main refs in its exit handlers keeps nothing alive', async () => {
    const [worker] = workersOf((await see('pino.js')).picture);
    assert.equal(worker!.keepsAlive.at(-1)!.value, false);
  });

  it('pino-pretty: the thread prints', async () => {
    const seen = await see('pinoPretty.js');
    assertFlushedAtExit(seen);
    assert.match(seen.stdout, /^INFO: line/);
  });

  it('pino-roll: each flush keeps the process alive until it is done', async () => {
    const { picture, logs } = await see('pinoRoll.js');
    const [worker] = workersOf(picture);
    // Ref'd for each of 100 flushes, for the start, which lasts into the first of them, and at the exit.
    assert.equal(timesRefd(worker!), 101);
    const counts = Object.values(logs);
    assert.ok(counts.length > 1);
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      100,
    );
  });

  it('fastify: closed, its log is whole', async () => {
    const seen = await see('fastify.js');
    assertFlushedAtExit(seen);
    assert.deepEqual(seen.logs, { 'first.log': 3, 'second.log': 3 });
  });

  it('fastify: a signal ends the logger’s daemon, while main serves', async () => {
    const { picture, signal } = await see('fastify.js', { args: ['serve'], signal: 'SIGTERM' });
    assert.equal(signal, 'SIGTERM');
    assert.deepEqual(endsOf(picture), ['daemon, signal']);
  });
});

describe('pools and wrappers', () => {
  it('piscina: a signal cuts off the tasks that run', async () => {
    const { picture, signal } = await see('piscinaSignal.js', {
      signal: 'SIGTERM',
      after: STUCK_MS,
      findings: ['task-cut-off'],
    });
    assert.equal(signal, 'SIGTERM');
    assert.match(picture.findings[0]!.text, /It belongs to piscina \(2 threads\)/);
    assert.deepEqual(endsOf(picture), ['daemon, signal', 'daemon, signal']);
  });

  it('workerpool: forgotten, its workers keep the process alive', async () => {
    const seen = await see('workerpool.js', HELD);
    const { picture } = seen;
    assertPoolNamed(seen, 'workerpool (2 threads)', 'workerpool.pool(');
    assert.deepEqual(endsOf(picture), ['keeps alive, signal', 'keeps alive, signal']);
  });

  it('jest-worker: forgotten, its workers keep the process alive', async () => {
    const seen = await see('jestWorker.js', HELD);
    const { picture } = seen;
    assertPoolNamed(seen, 'jest-worker (2 threads)', 'new Worker(');
    assert.deepEqual(endsOf(picture), ['keeps alive, signal', 'keeps alive, signal']);
  });

  it('jest-worker: end() has them return', async () => {
    assertAskedToReturn(await see('jestWorker.js', { args: ['end'] }), 2);
  });

  it('threads: forgotten, its worker keeps the process alive, and the package’s own SIGTERM handler ends both', async () => {
    const { picture, code } = await see('threads.js', { signal: 'SIGTERM' });
    assert.equal(code, 0);
    assert.deepEqual(endsOf(picture), ['keeps alive, terminate']);
    assert.equal(picture.processes[0]?.exit?.by, 'exit-call');
  });

  it('threads: Thread.terminate() ends the worker', async () => {
    assert.deepEqual(endsOf((await see('threads.js', { args: ['end'] })).picture), ['keeps alive, terminate']);
  });

  it('comlink: forgotten, its worker keeps the process alive', async () => {
    assert.deepEqual(endsOf((await see('comlink.mjs', HELD)).picture), ['keeps alive, signal']);
  });

  it('comlink: a worker whose proxy is released returns', async () => {
    assert.deepEqual(endsOf((await see('comlink.mjs', { args: ['release'] })).picture), ['keeps alive, returned']);
  });
});

describe('names and lines', () => {
  it('are those of the pool, of what it runs, and of the program’s own line', async () => {
    assert.deepEqual(namesOf(await see('piscina.js')), [
      'worker, piscina 1 · double.js: new Piscina(',
      'worker, piscina 2 · double.js: new Piscina(',
    ]);
    assert.deepEqual(namesOf(await see('jestWorker.js', { args: ['end'] })), [
      'worker, jest-worker 1 · methods.js: new Worker(',
      'worker, jest-worker 2 · methods.js: new Worker(',
    ]);
  });

  it('are those of the logger, and of what its thread writes to', async () => {
    assert.deepEqual(namesOf(await see('pino.js')), ['worker, pino · file transport: pino(']);
  });

  it('are those of a tool, whose threads are no worker of the program’s', async () => {
    assert.deepEqual(namesOf(await see('esbuild.js')), ['tool, esbuild: console.log(']);
  });

  it('are those of the tests that a runner’s thread runs', async () => {
    const run: PackageRun = { tool: ['vitest/vitest.mjs', 'run', '--config'], args: ['first', 'second'] };
    assert.deepEqual(namesOf(await see('vitest/config.mjs', run)).sort(), [
      'worker, vitest · first.test.mjs: no line',
      'worker, vitest · second.test.mjs: no line',
    ]);
  });
});

describe('builds and compilers', () => {
  it('webpack with terser: the thread returns when the build is done', async () => {
    assertAskedToReturn(await see('webpack.js'), 1);
  });

  it('rollup with terser: the threads are terminated when the last is done', async () => {
    assert.deepEqual(endsOf((await see('rollup.js')).picture), ['keeps alive, terminate', 'keeps alive, terminate']);
  });

  it('esbuild: the thread of its synchronous API is a daemon', async () => {
    assert.deepEqual(endsOf((await see('esbuild.js')).picture), ['daemon, main-exit']);
  });

  it('sass-embedded: the thread of its synchronous API ends when its child process is gone', async () => {
    // It returns, and is terminated by main, at the same time.
    assert.match(endsOf((await see('sassEmbedded.js')).picture).join(), /^keeps alive, (returned|terminate)$/);
  });

  it('tsx: a TypeScript worker returns, and the compiler’s daemons go with their owners', async () => {
    const { picture } = await seeBothWays(next, 'tsx/main.ts', { tool: ['tsx/dist/cli.mjs'] });
    assert.equal(picture.processes.length, 2);
    assert.deepEqual(endsOf(picture, /cli\.mjs/), []);
    assert.deepEqual(endsOf(picture, /node \S*main\.ts/), [
      'daemon, main-exit',
      'keeps alive, returned',
      'daemon, owner-exit',
    ]);
    const [, worker, compiler] = workersOf(picture);
    assert.equal(compiler!.owner, worker!.key);
  });

  it('tsx: on the oldest Node it has a thread of loader hooks, which workers do not use', async () => {
    const { picture, stderr } = await see('tsx/main.ts', {
      tool: ['tsx/dist/cli.mjs'],
      findings: ['worker-file-not-found'],
    });
    assert.match(stderr, /Unknown file extension "\.ts"/);
    assert.deepEqual(endsOf(picture, /node \S*main\.ts/), ['loader hooks, daemon, main-exit', 'keeps alive, error']);
  });

  it('@babel/register: compiles in main, or in a daemon that main waits for', async () => {
    assert.deepEqual(endsOf((await see('babelRegister.js')).picture), []);
    assert.deepEqual(endsOf((await see('babelRegisterWorker.js')).picture), ['daemon, main-exit']);
  });

  it('sharp: native threads are none of ours', async () => {
    assert.deepEqual(endsOf((await see('sharp.js')).picture), []);
  });
});

describe('test runners', () => {
  const VITEST: PackageRun['tool'] = ['vitest/vitest.mjs', 'run', '--config'];

  it('vitest: the threads are terminated when their tests are done', async () => {
    const { picture } = await see('vitest/config.mjs', { tool: VITEST, args: ['first', 'second'] });
    assert.deepEqual(endsOf(picture), ['keeps alive, terminate', 'keeps alive, terminate']);
  });

  it('vitest: a test that never returns keeps the process alive, and is cut off by the exit on a signal', async () => {
    const { picture, code } = await see('vitest/config.mjs', {
      tool: VITEST,
      args: ['endless'],
      signal: 'SIGTERM',
      findings: ['task-cut-off'],
    });
    assert.equal(code, 143);
    assert.deepEqual(endsOf(picture), ['keeps alive, main-exit']);
    assert.equal(picture.processes[0]?.exit?.by, 'exit-call');
  });

  it('jest: two threads look for the tests and two run them', async () => {
    assertAskedToReturn(await see('jest/jest.config.js', { tool: ['jest/bin/jest.js', '--config'] }), 4);
  });

  it('mocha: parallel files run in processes, without threads', async () => {
    const tool: PackageRun['tool'] = ['mocha/bin/mocha.js', '--parallel', '--jobs=2', '--reporter=./reporter.js'];
    const { picture, stdout } = await see('mocha/first.js', { tool, args: ['second.js'] });
    assert.equal(stdout, 'first passes, second passes\n');
    assert.equal(picture.processes.length, 3);
    assert.deepEqual(endsOf(picture), []);
    const children = picture.processes.filter(({ argv }) => argv[1]?.endsWith('worker.cjs'));
    assert.deepEqual(
      children.map(({ exit }) => exit?.by),
      ['exit-call', 'exit-call'],
    );
  });
});
