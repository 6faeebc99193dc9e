// The probe does no harm: with and without it programs do and see the same.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DEBUGGER_VARIABLE, SPOOLS_VARIABLE, SPOOL_VARIABLE } from '../../src/protocol/spool';
import { probeOption } from '../../src/transport/probes/node/environment';
import { PROBE_SOURCE } from '../../src/transport/probes/node/nodeProbe';
import { onEach } from '../support/onEach';
import { plain, steady } from '../support/outcomes';
import { runBare, runObserved, runWithPreload, type Outcome, type RunOptions } from '../support/runProgram';
import { NODE, PROBE, program } from '../support/runtimes/node';

let folder: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-empty-'));
  fs.writeFileSync(path.join(folder, 'probe.js'), '');
});
after(() => fs.rmSync(folder, { recursive: true }));

onEach(NODE, 'with and without the probe', (node, major) => {
  it('a program sees the same of itself and its threads', async () => {
    const observed = await runObserved(node(), program('observer.js'));
    const empty = await runWithPreload(node(), program('observer.js'), path.join(folder, 'probe.js'));
    assert.equal(steady(observed).stderr, steady(empty).stderr);
    const [mine, theirs] = [observed, empty].map(({ stdout }) => parsed(stdout));
    // Accepted: the replaced process.emit stands once more on the stack of exit handlers.
    mine!.exitStack -= 1;
    assert.deepEqual(withoutInternals(mine!), withoutInternals(theirs!));
    assert.ok(observed.events.length > 5, 'and it was observed');
  });

  it('a program sees the same ids, handles, order, modules and stacks', async () => {
    const observed = await runObserved(node(), program('observerInDepth.js'));
    const empty = await runWithPreload(node(), program('observerInDepth.js'), path.join(folder, 'probe.js'));
    assert.equal(steady(observed).stderr, steady(empty).stderr);
    const [mine, theirs] = [observed, empty].map(({ stdout }) => JSON.parse(stdout) as InDepth);
    assert.deepEqual(framesOfOurs(mine!), {
      // Accepted: one frame in the errors of calls that cannot be heard in another way, or not with what they are given.
      'receiveMessageOnPort of nothing': 1,
      'Atomics.wait on nothing': 1,
      'Atomics.notify on nothing': 1,
      'a write in parts to no file': 1,
    });
    assert.deepEqual(withoutOurs(mine!), withoutOurs(theirs!));
  });

  it('a test’s coverage is the same, and a share that is too low stays so', async () => {
    const file = path.join(folder, 'covered.test.js');
    fs.writeFileSync(path.join(folder, 'covered.js'), 'exports.used = () => 1;\nexports.unused = () =>\n  2;\n');
    fs.writeFileSync(
      file,
      `const test = require('node:test');
       const { Worker } = require('node:worker_threads');
       require('./covered.js').used();
       test('a', () => new Promise((resolve) => new Worker('0', { eval: true }).on('exit', resolve)));\n`,
    );
    const limits = major < 22 ? [] : ['--test-coverage-functions=90', '--test-coverage-lines=90'];
    for (const reporter of ['tap', 'lcov']) {
      const args = ['--test', '--experimental-test-coverage', `--test-reporter=${reporter}`, ...limits];
      const [observed, bare] = [await runObserved(node(), file, { args }), await runBare(node(), file, { args })];
      const untimed = (outcome: Outcome): Outcome => {
        const { stdout, ...rest } = plain(outcome);
        return { ...rest, stdout: stdout.replace(/duration_ms.*/g, '') };
      };
      assert.deepEqual(untimed(observed), untimed(bare));
      assert.equal(bare.code, major < 22 ? 0 : 1);
      assert.match(bare.stdout, /covered\.js/);
      assert.ok(observed.events.some(({ k }) => k === 'thread-exit'));
    }
  });

  it('an error in an exit handler is printed as ever', async () => {
    const observed = plain(await runObserved(node(), program('failingHandler.js')));
    // Accepted: the replaced process.emit stands once more on the stack of exit handlers.
    const ours = observed.stderr.split('\n').filter((line) => line.includes(PROBE_SOURCE));
    assert.equal(ours.length, 1);
    observed.stderr = observed.stderr.replace(`${ours[0]}\n`, '');
    assert.deepEqual(observed, plain(await runBare(node(), program('failingHandler.js'))));
  });

  it('an error of process.execve() has one frame more', async function () {
    if (major < 22) this.skip(); // there is none
    const file = path.join(folder, 'execve.js');
    fs.writeFileSync(file, `try { process.execve(1); } catch (error) { console.log(error.stack); }\n`);
    const [observed, bare] = [plain(await runObserved(node(), file)), plain(await runBare(node(), file))];
    assert.match(bare.stdout, /execPath/);
    const lines = observed.stdout.split('\n');
    const others = lines.filter((line) => !line.includes(PROBE_SOURCE));
    assert.equal(lines.length - others.length, 1);
    assert.deepEqual({ ...observed, stdout: others.join('\n') }, bare);
  });

  it('the error of a worker that is given what cannot be sent differs by one line of the stack and its source', async () => {
    const file = path.join(folder, 'uncloneable.js');
    fs.writeFileSync(
      file,
      `const { Worker } = require('node:worker_threads');
      Error.stackTraceLimit = 50; // all of it
      try { new Worker('0', { eval: true, workerData: () => {} }); }
      catch (error) { console.log(error.name, error.message, error.stack.split('\\n').length); }`,
    );
    const [mine, theirs] = [await runObserved(node(), file), await runBare(node(), file)];
    // Accepted: Node's own post of the worker's script goes through the probe, the only one that does.
    const without = mine.stdout.replace(/\d+\n$/, (count) => `${Number(count) - 1}\n`);
    assert.deepEqual({ ...plain(mine), stdout: without }, plain(theirs));
  });

  it('a program that patches what the probe uses is not called by it, and loses no facts', async () => {
    const file = path.join(folder, 'patches.js');
    fs.writeFileSync(file, PATCHES_EVERYTHING);
    const observed = await runObserved(node(), file);
    assert.deepEqual(plain(observed), plain(await runBare(node(), file)));
    assert.ok(observed.events.some((event) => event.k === 'thread-exit'));
  });

  it('a program that replaces every function of the language sees the probe call next to none of them', async () => {
    const options = { programArgs: [PROBE_SOURCE] };
    const observed = await runObserved(node(), program('patchesAll.js'), options);
    // Accepted: what compiles the probe's parts is not loaded before the first worker, and looked up then.
    const stdout = observed.stdout.replace('main ["vm.Script"]', 'main []');
    assert.deepEqual({ ...plain(observed), stdout }, plain(await runBare(node(), program('patchesAll.js'), options)));
    const told = ['thread-start', 'thread-begin', 'thread-online', 'terminate-call', 'thread-exit'];
    const missing = told.filter((k) => !observed.events.some((event) => event.k === k));
    assert.deepEqual(missing, []);
  });

  describe('a program that watches the loading of modules, and refuses what the probe uses, sees none of the probe’s', () => {
    const refuses = async (before: string[], args: string[], own = ''): Promise<void> => {
      const [watches, file] = [path.join(folder, 'watches.js'), path.join(folder, 'watched.js')];
      fs.writeFileSync(watches, WATCHES_LOADING);
      fs.writeFileSync(file, own + STARTS_NESTED);
      fs.writeFileSync(
        path.join(folder, 'old.js'),
        'delete process.getBuiltinModule, delete require("node:module").registerHooks;',
      );
      const options = (...preloads: string[]): RunOptions => ({
        args: args.map((arg) => arg.replace('WATCHES', watches)),
        env: { NODE_OPTIONS: [...before, ...preloads].join(' ') },
      });
      const observed = await runObserved(node(), file, options(probeOption(PROBE)));
      const bare = await runBare(node(), file, options());
      assert.deepEqual(plain(observed), plain(bare));
      assert.match(bare.stdout, /^2 .*load node:worker_threads/m, 'it watches in the nested worker too');
      assert.equal(observed.events.filter(({ k }) => k === 'thread-exit').length, 2);
      assert.ok(!observed.events.some(({ k }) => k === 'probe-error'));
    };
    const before = (): string[] => [`--require=${path.join(folder, 'old.js')}`];
    it('from its own code', () => refuses([], [], "require('./watches.js');\n"));
    it('from a preload', () => refuses([], ['--require', 'WATCHES']));
    it('from a preload that is a module', () => refuses([], ['--import', 'WATCHES']));
    it('from its own code, on the first Nodes of a line', () => refuses(before(), [], "require('./watches.js');\n"));
    it('from a preload, on the first Nodes of a line', () => refuses(before(), ['--require', 'WATCHES']));
  });

  for (const option of ['--frozen-intrinsics', '--disallow-code-generation-from-strings'])
    it(`a program under ${option} runs the same, and is observed`, async () => {
      const options = { args: [option] };
      const observed = await runObserved(node(), program('returned.js'), options);
      assert.deepEqual(plain(observed), plain(await runBare(node(), program('returned.js'), options)));
      assert.ok(observed.events.some((event) => event.k === 'thread-exit'));
    });

  it('a second load of the probe changes nothing', async () => {
    const observed = await runObserved(node(), program('returned.js'), { args: ['--require', copyOfProbe()] });
    assert.equal(observed.events.filter((event) => event.k === 'thread-start').length, 1);
    assert.equal(observed.events.filter((event) => event.k === 'process-start').length, 1);
  });

  it('a program whose spool folder is gone, is no folder or may not be written runs the same', async () => {
    const bare = plain(await runBare(node(), program('exitCall.js')));
    for (const spool of [path.join(folder, 'gone'), path.join(folder, 'probe.js'), '/proc']) {
      const outcome = await runWithPreload(node(), program('exitCall.js'), PROBE, {
        env: { THREAD_LIFELINES_SPOOL: spool },
      });
      assert.deepEqual(plain(outcome), bare, spool);
    }
  });

  it('a program whose terminal has no place for spools runs the same, and nothing is written anywhere else', async () => {
    const cwd = fs.mkdtempSync(path.join(folder, 'cwd-'));
    const spools = { [SPOOL_VARIABLE]: undefined, [SPOOLS_VARIABLE]: path.join(folder, 'gone') };
    const env = { ...spools, [DEBUGGER_VARIABLE]: '{}' };
    const outcome = await runWithPreload(node(), program('returned.js'), PROBE, { cwd, env });
    assert.deepEqual(plain(outcome), plain(await runBare(node(), program('returned.js'), { cwd })));
    assert.deepEqual(fs.readdirSync(cwd), []);
  });
});

/** The same probe from another path, as an older copy of the product would be. */
function copyOfProbe(): string {
  const copy = path.join(folder, 'copy.js');
  fs.copyFileSync(PROBE, copy);
  return copy;
}

type Natives = Record<string, unknown[]>;
interface InThread {
  stacks: Record<string, string>;
  natives: Natives;
  nativesBefore?: Natives;
}
interface InDepth extends InThread {
  ids: unknown[][];
  resources: Record<string, number>;
  modules: string[];
  fromWorker: InThread;
}

function framesOfOurs({ stacks, fromWorker }: InDepth): Record<string, number> {
  const count = (stack: string): number => stack.split(PROBE_SOURCE).length - 1;
  for (const name in stacks)
    assert.equal(count(fromWorker.stacks[name]!), count(stacks[name]!), `${name}, in the worker`);
  return Object.fromEntries(
    Object.entries(stacks)
      .map(([name, stack]) => [name, count(stack)] as const)
      .filter(([, frames]) => frames > 0),
  );
}

const withoutBodies = (natives: Natives = {}): Natives => ({
  ...natives,
  wait: natives['wait']?.slice(0, 2) ?? [],
  notify: natives['notify']?.slice(0, 2) ?? [],
  portStart: natives['portStart']?.slice(0, 2) ?? [],
});

const FRAMES_OF_OURS = new RegExp(`^.*${PROBE_SOURCE}.*\\n?`, 'gm');

function withoutOurs(seen: InDepth): unknown {
  const withoutFrames = ({ stacks, natives, nativesBefore, ...rest }: InThread): unknown => ({
    ...rest,
    stacks: Object.fromEntries(
      Object.entries(stacks).map(([name, stack]) => [name, stack.replace(FRAMES_OF_OURS, '').trimEnd()]),
    ),
    // Accepted: these three have become functions of ours, of the same name and length.
    natives: withoutBodies(natives),
    nativesBefore: withoutBodies(nativesBefore),
  });
  const { ids, resources, modules, fromWorker, ...rest } = seen;
  return {
    ...(withoutFrames(rest) as object),
    fromWorker: withoutFrames(fromWorker),
    // Accepted: while asynchronous hooks are on, promises have ids, and a few are ours.
    ids: ids.slice(0, 2),
    resources: { ...resources, PROMISE: 0 },
    // Accepted: it compiles its own parts, listens at a part of Node that is loaded for it, and samples what takes long.
    modules: modules.filter(
      (name) => !['NativeModule vm', 'Binding spawn_sync', 'NativeModule perf_hooks'].includes(name),
    ),
  };
}

type Shape = [key: string, ...unknown[]][];
type Look = { workerPrototype: Shape; portPrototype: Shape; channelPrototype: Shape };
interface Seen {
  exitStack: number;
  [where: string]: unknown;
}

/**
 * Accepted: three internal methods, which only Node itself calls, have become getters, so that no frame of the probe
 * stands on the stack of the program's listeners.
 */
function withoutInternals(seen: Seen): Seen {
  const INTERNAL = /^Symbol\(k(Dispose|OnErrorMessage|OnExit|OnMessage)\)$/;
  // Accepted: the look-up of `postMessage`, of a worker too, is heard, so that no frame of ours stands in the errors that it makes.
  // Accepted: in main, where Node looks whether `receiveMessageOnPort` was given a port, stands what hears it.
  // Accepted: the look-ups by which Node sets a port up are heard, to know which belong
  // together, and its close.
  const OURS = ['postMessage', 'Symbol(kHandle)', 'ref', 'unref', 'close'];
  const withoutPost = (shape: Shape): Shape => shape.filter(([key]) => !OURS.includes(key));
  const shown = (look: Look): Look => ({
    ...look,
    workerPrototype: look.workerPrototype.filter(([key]) => key !== 'postMessage' && !INTERNAL.test(key)),
    portPrototype: withoutPost(look.portPrototype),
    channelPrototype: withoutPost(look.channelPrototype),
  });
  return { ...seen, ...Object.fromEntries(['main', 'main after', 'worker'].map((k) => [k, shown(seen[k] as Look)])) };
}
const parsed = (stdout: string): Seen =>
  JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1)) as Seen;

const PATCHES_EVERYTHING = `
const fs = require('node:fs');
const { Worker } = require('node:worker_threads');
const calls = [];
const spy = (object, key) => {
  const original = object[key];
  object[key] = function (...args) { calls.push(key); return Reflect.apply(original, this, args); };
};
for (const key of ['openSync', 'writeSync', 'closeSync', 'appendFileSync']) spy(fs, key);
spy(process.hrtime, 'bigint');
spy(JSON, 'stringify');
spy(Date, 'now');
spy(WeakMap.prototype, 'get');
spy(WeakMap.prototype, 'set');
spy(Buffer, 'byteLength');
const before = calls.length;
const worker = new Worker('0', { eval: true });
worker.unref();
worker.ref();
worker.on('exit', () => {
  const seen = [...new Set(calls)].sort().join();
  console.log(seen);
});
`;

const WATCHES_LOADING = `
const { threadId } = require('node:worker_threads');
const Module = require('node:module');
const { apply } = Reflect;
const REFUSED = ['diagnostics_channel', 'events', 'fs', 'module', 'url', 'util', 'vm'];
const seen = [];
const watch = (object, name) => {
  const original = object[name];
  object[name] = function (request, ...rest) {
    if (typeof request === 'string') look(name.replace('_', ''), request);
    return apply(original, this, [request, ...rest]);
  };
};
const look = (how, request) => {
  seen.push(how + ' ' + request.slice(-20));
  if (REFUSED.includes(request.replace('node:', ''))) throw new Error('refused');
};
for (const name of ['_load', '_resolveFilename', '_findPath']) watch(Module, name);
watch(Module.prototype, 'require');
watch(process, 'getBuiltinModule');
Module.registerHooks?.({
  resolve: (specifier, context, next) => (look('resolve', specifier), next(specifier, context)),
  load: (url, context, next) => (look('loads', url), next(url, context)),
});
process.on('exit', () => console.log(threadId, seen.join()));
`;

/** A worker in a worker. */
const STARTS_NESTED = `
const { Worker, workerData } = require('node:worker_threads');
const depth = workerData ?? 0;
if (depth < 2) new Worker(__filename, { workerData: depth + 1 }).on('error', console.log);
`;

describe('the probe’s bundle', () => {
  it('copies none of Node’s modules, which would load parts of Node that no one uses', () => {
    assert.doesNotMatch(fs.readFileSync(PROBE, 'utf8'), /__toESM/);
  });
});
