// Published packages that use threads do the same with and without the probe, and the picture tells what is true of them:
// how each of their threads ended, and whether it kept the process alive. The first comment of each program says what
// must be seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ThreadPicture } from '../../src/protocol/picture';
import { onEach } from '../support/onEach';
import { NODE } from '../support/runtimes/node';
import {
  assertAskedToReturn,
  endsOf,
  seeBothWays,
  withPackages,
  workersOf,
  type PackageRun,
  type SeenRun,
} from '../support/packageRuns';

const { see } = withPackages();

/** How often it became so, with its start. */
const timesRefd = ({ refs }: ThreadPicture): number =>
  refs.reduce((sum, { value, run }) => sum + (run ? Math.trunc((run.count! + Number(value)) / 2) : Number(value)), 0);

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
/** Long enough that it has not just written, in ms. */
const IDLE_MS = 2_000;
const HELD: PackageRun = { signal: 'SIGTERM', after: STUCK_MS, findings: ['held-by-worker'] };

/** The finding names the pool, and the program's own line that made it. */
function assertPoolNamed({ picture: { findings, pools } }: SeenRun, label: string, source: string): void {
  const { at, pool } = findings[0]!;
  assert.equal(pools.find(({ key }) => key === pool)?.label, label);
  const line = readFileSync(at!.file, 'utf8').split('\n')[at!.line - 1]!;
  assert.ok(line.includes(source), `${at!.file}:${at!.line}`);
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
    const { picture, signal } = await see('fastify.js', { args: ['serve'], signal: 'SIGTERM', after: IDLE_MS });
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
