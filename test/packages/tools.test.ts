// Tools that use threads, in their packages as published: builds, compilers and test runners; and what each of their threads is
// called, and on which line it is said to have been started. The first comment of each program says what must be seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  assertAskedToReturn,
  endsOf,
  seeBothWays,
  withPackages,
  workersOf,
  type PackageRun,
  type SeenRun,
} from '../support/packageRuns';

const { see, next } = withPackages();

/** What each is called, and the text of the program's line on which it is said to have been started. */
function namesOf({ picture }: SeenRun): string[] {
  return workersOf(picture).map(({ kind, label, startSite: at }) => {
    const line =
      at && !at.file.includes('node_modules/') ? readFileSync(at.file, 'utf8').split('\n')[at.line - 1]! : '';
    return `${kind}, ${label}: ${/(?:new )?[\w.]+\(/.exec(line)?.[0] ?? 'no line'}`;
  });
}

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
    const { picture } = await seeBothWays(next(), 'tsx/main.ts', { tool: ['tsx/dist/cli.mjs'] });
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
