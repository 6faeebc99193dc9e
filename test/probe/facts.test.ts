// What the probe tells, and what the model makes of it, for a program of each kind: the first comment of each program
// says what must be seen.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import type { Ending, Snapshot, ThreadPicture } from '../../src/protocol/picture';
import { onEach } from '../support/onEach';
import { lineOf, pictureOf, runObserved, type Observed } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';
import { oldNode } from '../support/nodes.mjs';

type Brief = Pick<Ending, 'by'> & Partial<Ending>;

onEach(NODE, 'a program’s threads', (node, major) => {
  let observed: Observed;
  let picture: Snapshot;

  const see = async (name: string): Promise<ThreadPicture[]> => {
    observed = await runObserved(node(), program(name));
    picture = pictureOf(observed);
    assert.equal(observed.damaged, 0, 'every line can be read');
    assert.deepEqual(picture.processes[0]?.problems, []);
    assert.equal(picture.processes[0]?.lost, 0);
    return workers();
  };
  const workers = (): ThreadPicture[] => picture.threads.filter((thread) => thread.kind === 'worker');
  const main = (): Ending | undefined => picture.processes[0]?.exit;
  const brief = (ending: Ending | undefined): Brief => ({
    by: ending!.by,
    ...(ending?.code ? { code: ending.code } : {}),
  });
  const endings = (): Brief[] => workers().map((thread) => brief(thread.ended));
  /** Node 20 does not tell the name of a worker to its owner. */
  const named = (name: string): ThreadPicture =>
    workers().find((thread) => thread.name === name) ?? assert.fail(`no worker ${name}`);
  const namesAreKnown = major > 20;

  it('are seen from start to return', async () => {
    const [worker] = await see('returned.js');
    assert.deepEqual(brief(worker!.ended), { by: 'returned' });
    assert.deepEqual(brief(main()), { by: 'returned' });
    assert.equal(worker!.startSite?.line, lineOf(program('returned.js'), 'new Worker'));
    assert.equal(worker!.startSite?.file, program('returned.js'));
    assert.equal(worker!.owner, picture.threads.find((thread) => thread.kind === 'main')?.key);
    assert.equal(worker!.probed, true);
    assert.ok(worker!.onlineAt! >= worker!.startedAt);
    if (namesAreKnown) assert.equal(worker!.name, 'tidy');
  });

  it('that call process.exit are told with code and line', async () => {
    const [worker] = await see('exitCall.js');
    assert.deepEqual(brief(worker!.ended), { by: 'exit-call', code: 3 });
    assert.equal(worker!.ended?.at?.line, 3, 'the line in the eval’d source');
    assert.deepEqual(brief(main()), { by: 'exit-call', code: 4 });
    assert.equal(main()?.at?.line, lineOf(program('exitCall.js'), '// main exits'));
  });

  it('that are terminated are told with the line that did it, and terminate() is not taken for ref()', async () => {
    const [worker] = await see('terminate.js');
    assert.deepEqual(brief(worker!.ended), { by: 'terminate', code: 1 });
    assert.equal(worker!.ended?.at?.line, lineOf(program('terminate.js'), '// terminates'));
    assert.deepEqual(
      worker!.refs.map(({ value }) => value),
      [true, false],
    );
  });

  it('that throw are told with the error', async () => {
    const [worker] = await see('error.js');
    assert.deepEqual(brief(worker!.ended), { by: 'error', code: 1 });
    assert.equal(worker!.error?.name, 'TypeError');
    assert.equal(worker!.error?.message, 'no luck');
    assert.deepEqual(brief(main()), { by: 'returned' });
  });

  it('that end main by an error nobody listens for are told apart from those killed by it', async () => {
    await see('errorEndsMain.js');
    assert.deepEqual(
      endings()
        .map(({ by }) => by)
        .sort(),
      ['error', 'main-exit'],
    );
    assert.equal(main()?.by, 'error');
  });

  it('that reach their heap limit are told so', async () => {
    const [worker] = await see('outOfMemory.js');
    assert.equal(worker!.ended?.by, 'out-of-memory');
  });

  it('are killed with main when its loop is drained', async () => {
    const [worker] = await see('mainReturns.js');
    assert.equal(worker!.ended?.by, 'main-exit');
    assert.equal(main()?.by, 'returned');
    assert.deepEqual(
      worker!.keepsAlive.map(({ value }) => value),
      [true, false],
    );
  });

  it('are killed with main when it calls process.exit, although they kept the process alive', async () => {
    const [worker] = await see('mainExitCall.js');
    assert.equal(worker!.ended?.by, 'main-exit');
    assert.equal(worker!.ended?.at?.line, lineOf(program('mainExitCall.js'), '// main exits'));
    assert.equal(worker!.keepsAlive.at(-1)?.value, true);
  });

  it('are killed with main when it throws', async () => {
    const [worker] = await see('mainError.js');
    assert.equal(worker!.ended?.by, 'main-exit');
    assert.equal(main()?.by, 'error');
    assert.equal(main()?.at?.line, lineOf(program('mainError.js'), '// main throws'));
    assert.match(main()!.because, /Error: main is broken/);
  });

  it('are killed with main when a rejected promise ends it', async () => {
    const [worker] = await see('mainRejection.js');
    assert.equal(worker!.ended?.by, 'main-exit');
    assert.equal(main()?.by, 'error');
  });

  it('and main are not said to have failed when the program handled the error', async () => {
    await see('handledError.js');
    assert.deepEqual(brief(main()), { by: 'returned' });
    assert.equal(
      picture.threads.some((thread) => thread.error),
      false,
    );
  });

  it('die with the worker that started them', async () => {
    const [outer, inner] = await see('ownerExit.js');
    assert.equal(outer!.ended?.by, 'exit-call');
    assert.equal(inner!.ended?.by, 'owner-exit');
    assert.equal(inner!.owner, outer!.key);
  });

  it('killed by a signal are all closed by it', async () => {
    const [worker] = await see('killed.js');
    assert.deepEqual([worker!.ended?.by, worker!.ended?.signal], ['signal', 'SIGKILL']);
    assert.equal(main()?.by, 'signal');
  });

  it('are told every flip of ref() and unref() with its line, and nothing that is none', async () => {
    const [worker] = await see('refFlips.js');
    const line = (mark: string): number => lineOf(program('refFlips.js'), mark);
    assert.deepEqual(
      worker!.refs.slice(1).map(({ value, at }) => [value, at?.line]),
      [
        [false, line('// first flip')],
        [true, line('// second flip')],
        [false, line('// third flip')],
      ],
    );
  });

  it('are a tree, whatever its depth', async () => {
    const [first, second, third] = await see('nested.js');
    assert.deepEqual([second!.owner, third!.owner], [first!.key, second!.key]);
    assert.deepEqual(endings(), [{ by: 'returned' }, { by: 'returned' }, { by: 'returned' }]);
    assert.equal(first!.file, program('nested.js'));
  });

  it('without the probe inside are known from outside, and no more is claimed', async () => {
    const [bare, plain] = await see('ownEnvironment.js');
    assert.deepEqual([bare!.probed, bare!.ended?.by], [false, 'unknown']);
    assert.deepEqual([plain!.probed, plain!.ended?.by], [true, 'returned']);
  });

  it('without the probe inside are told as ended by their error', async () => {
    const [worker] = await see('bareError.js');
    assert.deepEqual([worker!.probed, worker!.ended?.by], [false, 'error']);
    assert.deepEqual([worker!.error?.name, worker!.error?.message], ['RangeError', 'far out']);
    assert.equal(worker!.error?.at?.line, 1, 'the line in the eval’d source');
  });

  it('are seen in ES modules', async () => {
    const [worker] = await see('module.mjs');
    assert.equal(worker!.startSite?.line, lineOf(program('module.mjs'), '// starts'));
    assert.equal(worker!.startSite?.file, program('module.mjs'));
    assert.equal(worker!.file, program('moduleWorker.mjs'));
    assert.equal(worker!.ended?.by, 'returned');
  });

  it('are seen in TypeScript, by the lines of the source', async function () {
    if (major < 22) this.skip(); // older Nodes do not run TypeScript by themselves
    const [worker] = await see('typescript.mts');
    assert.equal(worker!.startSite?.line, lineOf(program('typescript.mts'), '// starts'));
  });

  it('keep their names, whatever these hold', async function () {
    if (!namesAreKnown) this.skip(); // Node 20 does not tell names
    await see('hostileName.js');
    assert.equal(named('<img src=x onerror=alert(1)>').ended?.by, 'returned');
    assert.equal(named('two\nlines').ended?.by, 'returned');
    assert.equal(workers().length, 5);
  });

  it('are seen when the program removes every listener', async () => {
    const [worker] = await see('noListeners.js');
    assert.deepEqual(brief(worker!.ended), { by: 'exit-call', code: 2 });
  });

  it('are all seen when there are many', async function () {
    this.timeout(60_000);
    await see('manyShort.js');
    assert.equal(workers().length, 100);
    assert.deepEqual(new Set(endings().map(({ by }) => by)), new Set(['returned']));
  });

  it('live on while main’s exit handlers run, and the code is the one that these set', async () => {
    const [worker] = await see('exitHandlers.js');
    assert.equal(worker!.ended?.by, 'main-exit');
    const exiting = observed.events.find((event) => event.k === 'exiting' && event.tid === 0)!;
    const HANDLER_MICROS = 100_000;
    assert.ok(worker!.ended.t >= exiting.t + HANDLER_MICROS);
    assert.equal(main()?.code, 9);
  });

  it('are told as ended by the error handler that called process.exit, not by the error that it handled', async () => {
    await see('errorHandlerExits.js');
    assert.deepEqual(brief(main()), { by: 'exit-call', code: 3 });
    assert.equal(main()?.at?.line, lineOf(program('errorHandlerExits.js'), '// main exits'));
    assert.equal(
      picture.threads.some((thread) => thread.error),
      false,
    );
  });

  it('have the code of an exit handler that throws, and its error', async () => {
    await see('failingHandler.js');
    const exited = observed.events.filter((event) => event.k === 'exited');
    assert.deepEqual(
      exited.map(({ code }) => code),
      [1],
    );
    assert.equal(picture.threads[0]?.error?.message, 'too late');
    assert.equal(picture.threads[0].error.at?.line, lineOf(program('failingHandler.js'), '// throws'));
  });

  it('are told once how they end, though the program emits exit itself', async () => {
    await see('emitsExit.js');
    assert.deepEqual(
      observed.events.map(({ k }) => k),
      ['process-start', 'exit-listeners', 'exiting', 'exited'],
    );
    assert.deepEqual(brief(main()), { by: 'returned' });
  });

  it('are ended by the signal that comes in exit handlers', async () => {
    const [worker] = await see('killedInHandlers.js');
    assert.equal(main()?.by, 'signal');
    assert.equal(worker!.ended?.by, 'signal');
    assert.ok(observed.events.some((event) => event.k === 'exiting' && event.tid === 0));
    assert.ok(!observed.events.some((event) => event.k === 'exited' && event.tid === 0));
  });

  it('are told the line of an error whose stack the program formats itself', async () => {
    const [worker] = await see('ownErrors.js');
    assert.equal(worker!.error?.at?.line, lineOf(program('ownErrors.js'), '// throws'));
    assert.equal(main()?.by, 'error');
  });

  it('are seen to their end when the program’s own formatter of stacks fails', async () => {
    const [worker] = await see('failingFormatter.js');
    assert.equal(worker!.error?.message, 'in the worker');
    assert.deepEqual(endings(), [{ by: 'error', code: 5 }]);
    assert.equal(main()?.by, 'error');
    assert.equal(observed.events.filter((event) => event.k === 'exited').length, 2);
  });

  it('are all seen to their end when the program has an emit of its own, or listens at the last moment', async () => {
    await see('listeners.js');
    assert.deepEqual(endings(), [{ by: 'exit-call' }, { by: 'error', code: 1 }]);
    assert.equal(observed.events.filter((event) => event.k === 'thread-exit').length, 2);
  });

  it('of Node’s own are told apart', async () => {
    const [worker] = await see('loaderHooks.mjs');
    assert.equal(worker!.ended?.by, 'returned');
    assert.deepEqual(
      picture.threads.map(({ kind }) => kind),
      ['main', 'loader-hooks', 'worker'],
    );
  });

  it('have the whole path of their file, however long, and the beginning of a data: URL', async () => {
    const [worker] = await see('dataUrl.mjs');
    assert.match(worker!.file!, /^data:text\/javascript,console/);
    assert.ok(worker!.file!.length < 1000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-'));
    try {
      const deep = path.join(folder, ...['a', 'b', 'c'].map((letter) => letter.repeat(200)));
      fs.mkdirSync(deep, { recursive: true });
      fs.writeFileSync(path.join(deep, 'worker.js'), '');
      const file = path.join(deep, 'main.js');
      fs.writeFileSync(
        file,
        `new (require('node:worker_threads').Worker)(require('node:path').join(__dirname, 'worker.js'));`,
      );
      picture = pictureOf(await runObserved(node(), file));
      assert.equal(workers()[0]?.file, path.join(deep, 'worker.js'));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('are shown by the lines of the source when Node runs with source maps', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-'));
    try {
      const source = path.join(folder, 'main.ts');
      fs.writeFileSync(
        source,
        `interface Unused { a: number }\n\nimport { Worker } from 'node:worker_threads';\n\n\nnew Worker('0', { eval: true }); // starts\n`,
      );
      const outfile = path.join(folder, 'main.js');
      buildSync({ entryPoints: [source], bundle: true, platform: 'node', sourcemap: true, outfile });
      picture = pictureOf(await runObserved(node(), outfile, { args: ['--enable-source-maps'] }));
      assert.equal(workers()[0]?.startSite?.file, source);
      assert.equal(workers()[0]?.startSite?.line, lineOf(source, '// starts'));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('are none of its child processes, which are told where they are left running', async function () {
    if (major < 22) this.skip(); // it does not tell of them
    await see('leavesChild.js');
    const left = observed.events.flatMap((event) => (event.k === 'children-left' ? event.children : []));
    const line = lineOf(program('leavesChild.js'), '// left');
    assert.deepEqual(
      left.map(({ at, pid, command }) => [at?.line, typeof pid, command?.includes('2000')]),
      [[line, 'number', true]],
    );
  });

  it('are killed where main has its process go on with another program, which is told with its line', async function () {
    if (major < 22) this.skip(); // it cannot
    observed = await runObserved(node(), program('replaced.js'));
    assert.equal(observed.stdout, 'again\n');
    const told = observed.events.flatMap((event) => (event.k === 'replacing' ? event.at.line : []));
    assert.deepEqual(told, [lineOf(program('replaced.js'), '// goes on')]);
  });

  it('that could not be started are not invented', async () => {
    const all = await see('failedStart.js');
    assert.equal(all.length, 1);
    assert.equal(all[0]!.ended?.by, 'error');
  });

  it('are seen from a folder with spaces and other characters', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'a folder ä " '));
    try {
      const file = path.join(folder, 'my program.mjs');
      fs.copyFileSync(program('returned.js'), path.join(folder, 'worker file.js'));
      fs.writeFileSync(
        file,
        `import { Worker } from 'node:worker_threads';\nnew Worker(new URL('worker%20file.js', import.meta.url));\n`,
      );
      picture = pictureOf(await runObserved(node(), file));
      assert.equal(workers()[0]?.startSite?.file, file);
      assert.equal(workers()[0]?.file, path.join(folder, 'worker file.js'));
      assert.equal(workers().length, 2, 'the worker starts another');
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe('a Node that is too old', () => {
  it('runs the program as ever and says which version it is', async function () {
    this.timeout(300_000); // the first time it is fetched
    const observed = await runObserved({ runtime: NODE, path: (await oldNode()).path }, program('returned.js'));
    assert.equal(observed.stdout, 'worker is done\n');
    assert.equal(observed.stderr, '');
    assert.deepEqual(
      observed.events.map((event) => event.k),
      ['unsupported'],
    );
    const [process] = pictureOf(observed).processes;
    assert.deepEqual([process?.supported, process?.version.slice(0, 3)], [false, '18.']);
  });
});
