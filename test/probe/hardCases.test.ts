// Programs that do hard things to workers, to Node or to JavaScript: with the probe they do the same, and their threads
// are seen.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { EndedBy, Snapshot, ThreadPicture } from '../../src/protocol/picture';
import { onEach } from '../support/onEach';
import { pictureOf, runBare, runObserved, type Outcome, type RunOptions } from '../support/runProgram';
import { NODE, PROBE } from '../support/runtimes/node';

interface Case {
  source: string;
  /** Workers in the order of their starts. */
  ends: EndedBy[];
  file?: string;
  options?: RunOptions;
  /** The first Node on which it can be done. */
  since?: number;
}

const START = "const { Worker } = require('node:worker_threads');";

const CASES: Record<string, Case> = {
  'a worker that shares its owner’s environment': {
    source: `${START} const { SHARE_ENV } = require('node:worker_threads');
      new Worker('process.env.SET_INSIDE = "yes"', { eval: true, env: SHARE_ENV })
        .on('exit', () => console.log(process.env.SET_INSIDE));`,
    ends: ['returned'],
  },
  'a worker without environment, which does everything': {
    source: `${START} const w = new Worker("const { parentPort } = require('node:worker_threads');" +
          'console.log(Object.keys(process.env).length); parentPort.postMessage(1); setTimeout(() => process.exit(4), 10);',
        { eval: true, env: {} });
      w.on('message', console.log); w.on('exit', console.log);`,
    ends: ['unknown'],
  },
  'a worker from a blob URL, where Node takes one': {
    source: `${START} try {
        new Worker(new URL(URL.createObjectURL(new Blob(['console.log(1)'])))).on('error', ({ code }) => console.log(code));
      } catch ({ code }) { console.log(code); }`,
    ends: [],
  },
  'subclasses with methods of their own': {
    source: `${START} class Mine extends Worker {
        constructor(...args) { super(...args); this.mine = new Map(); }
        on(event, listener) { console.log('on', event); return super.on(event, listener); }
        emit(event, ...args) { console.log('emit', event); return super.emit(event, ...args); }
        unref() { console.log('unref'); return super.unref(); }
        postMessage(...args) { console.log('post'); return super.postMessage(...args); }
        terminate() { console.log('terminate'); return super.terminate(); }
      }
      const w = new Mine('require("node:worker_threads").parentPort.once("message", () => { throw new Error("x") })', { eval: true });
      w.on('error', ({ message }) => console.log(message));
      w.on('exit', (code) => console.log(code, Mine.name, w instanceof Mine));
      w.unref(); w.ref(); w.postMessage(1);`,
    ends: ['error'],
  },
  'a program that puts a Worker of its own in the place of Node’s': {
    source: `const threads = require('node:worker_threads');
      const { Worker } = threads;
      threads.Worker = class extends Worker { constructor(f, o) { super(f, { ...o, name: 'patched' }); } };
      require('node:module').syncBuiltinESMExports();
      new threads.Worker('0', { eval: true }).on('exit', console.log);
      threads.Worker = new Proxy(Worker, { construct: (target, args) => (console.log('made'), Reflect.construct(target, args)) });
      new threads.Worker('0', { eval: true }).on('exit', console.log);`,
    ends: ['returned', 'returned'],
  },
  'a program that replaces methods of Worker and MessagePort': {
    source: `const { Worker, MessagePort } = require('node:worker_threads');
      for (const [type, key] of [[Worker, 'postMessage'], [Worker, 'unref'], [MessagePort, 'postMessage'], [MessagePort, 'ref']]) {
        const original = type.prototype[key];
        type.prototype[key] = function (...args) { console.log(type.name, key); return Reflect.apply(original, this, args); };
      }
      const w = new Worker('require("node:worker_threads").parentPort.once("message", () => {})', { eval: true });
      w.unref(); w.ref(); w.postMessage(1);`,
    ends: ['returned'],
  },
  'a program that freezes what the probe hooks': {
    source: `const threads = require('node:worker_threads');
      for (const type of [threads.Worker, threads.MessagePort, threads.BroadcastChannel, EventTarget]) Object.freeze(type.prototype);
      Object.freeze(threads.Worker); Object.freeze(Atomics);
      new threads.Worker('0', { eval: true }).on('exit', console.log);`,
    ends: ['returned'],
  },
  'a program that poisons Object.prototype': {
    source: `for (const key of ['k', 'id', 'at', 'p', 'q', 'tid', 'file', 'internal', 'toJSON']) {
        Object.prototype[key] = () => ({ of: 'the program' });
      }
      String.prototype.toJSON = Array.prototype.toJSON = Number.prototype.toJSON = () => 'mine';
      ${START} new Worker('0', { eval: true }).on('exit', (code) => console.log(code));`,
    ends: ['returned'],
  },
  'a program that breaks iteration, regular expressions and promises': {
    source: `${START} const w = new Worker('setTimeout(() => {}, 30)', { eval: true });
      w.unref(); w.ref();
      const { exec } = RegExp.prototype, { then } = Promise.prototype, { push } = Array.prototype;
      RegExp.prototype.exec = () => { throw new Error('exec'); };
      Promise.prototype.then = function () { console.log('then'); return Reflect.apply(then, this, arguments); };
      Array.prototype.push = function (...items) { for (const item of items) this[this.length] = item; return this.length; };
      Map.prototype.set = () => { throw new Error('set'); };
      WeakMap.prototype.get = () => { throw new Error('get'); };
      String.prototype.slice = () => { throw new Error('slice'); };
      w.unref(); w.ref();`,
    ends: ['returned'],
  },
  'a program that gives all objects a property': {
    source: `${START} Object.prototype.given = null;
      const server = require('node:net').createServer().listen(0);
      const w = new Worker('setTimeout(() => {}, 1300)', { eval: true });
      w.on('exit', () => server.close());`,
    ends: ['returned'],
  },
  'a program whose stacks are broken': {
    source: `Error.prepareStackTrace = () => { throw new Error('no stacks'); }; Error.stackTraceLimit = 0;
      ${START} new Worker('0', { eval: true }).on('exit', (code) => console.log(code, Error.stackTraceLimit));`,
    ends: ['returned'],
  },
  'a program that clears the data handed down to workers': {
    source: `${START} const { setEnvironmentData } = require('node:worker_threads');
      new Worker('0', { eval: true }).on('exit', () => {
        setEnvironmentData('thread-lifelines', undefined);
        setEnvironmentData('thread-lifelines', 'mine');
        new Worker('console.log(require("node:worker_threads").getEnvironmentData("thread-lifelines"))', { eval: true });
      });`,
    ends: ['returned', 'unknown'],
  },
  '--disable-proto=delete': {
    source: `${START} new Worker('console.log({}.__proto__)', { eval: true });`,
    ends: ['returned'],
    options: { args: ['--disable-proto=delete'] },
  },
  '--disable-proto=throw': {
    source: `${START} new Worker('try { ({}).__proto__ } catch ({ code }) { console.log(code) }', { eval: true });`,
    ends: ['returned'],
    options: { args: ['--disable-proto=throw'] },
  },
  '--pending-deprecation': {
    source: `${START} new Worker('0', { eval: true });`,
    ends: ['returned'],
    options: { args: ['--pending-deprecation'] },
  },
  'workers made in a context of vm, and ports moved into one': {
    source: `const vm = require('node:vm');
      const { MessageChannel, moveMessagePortToContext } = require('node:worker_threads');
      const context = vm.createContext({ require, console });
      vm.runInContext('new (require("node:worker_threads").Worker)("0", { eval: true }).on("exit", console.log)', context);
      const { port1, port2 } = new MessageChannel();
      context.port = moveMessagePortToContext(port2, context);
      vm.runInContext('port.onmessage = ({ data }) => { console.log(data); port.close(); }; port.start()', context);
      port1.postMessage('into the context');`,
    ends: ['returned'],
  },
  'process.exit() right after new Worker': {
    source: `${START} new Worker('setInterval(() => {}, 1)', { eval: true }); process.exit(3);`,
    ends: ['main-exit'],
  },
  'process.exit() in an exit handler, with another code': {
    source: `${START} const w = new Worker('setInterval(() => {}, 1)', { eval: true });
      process.on('exit', (code) => { console.log(code); process.exit(code + 1); });
      w.on('online', () => process.exit(5));`,
    ends: ['main-exit'],
  },
  'process.exit() in an exit handler of a worker': {
    source: `${START} new Worker('process.on("exit", () => process.exit(7)); process.exit(6)', { eval: true })
        .on('exit', (code) => console.log(code));`,
    ends: ['exit-call'],
  },
  'process.exit() in uncaughtException': {
    source: `${START} const w = new Worker('setInterval(() => {}, 1)', { eval: true });
      process.on('uncaughtException', () => process.exit(8));
      w.on('online', () => { throw new Error('x'); });`,
    ends: ['main-exit'],
  },
  'process.exit() in a handler of a signal': {
    source: `${START} const w = new Worker('setInterval(() => {}, 1)', { eval: true });
      process.on('SIGUSR2', () => process.exit(9));
      w.on('online', () => process.kill(process.pid, 'SIGUSR2'));`,
    ends: ['main-exit'],
  },
  'process.exit() in nextTick of a worker': {
    source: `${START} new Worker('process.nextTick(() => process.exit(2))', { eval: true }).on('exit', console.log);`,
    ends: ['exit-call'],
  },
  'process.abort()': {
    source: `${START} new Worker('setInterval(() => {}, 1)', { eval: true }).on('online', () => process.abort());`,
    ends: ['crash'],
  },
  'workers that start while their owner exits': {
    source: `${START} process.on('exit', () => { new Worker('console.log("too late")', { eval: true }); });`,
    ends: ['main-exit'],
  },
};

let folder: string;
before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-hard-'))));
after(() => fs.rmSync(folder, { recursive: true }));

const plain = ({ code, signal, stdout, stderr }: Outcome): unknown => ({
  code,
  signal,
  stdout,
  stderr: stderr
    .replace(/\(node:\d+\)/g, '(node:PID)')
    .replace(/(#|==)\d+/g, '$1PID')
    .replace(/0x[0-9a-f]+/g, '0x'),
});

onEach(NODE, 'the probe stands', (node, major) => {
  async function observed(source: string, options: RunOptions = {}, name = 'main.js'): Promise<Snapshot> {
    const file = path.join(folder, name);
    fs.writeFileSync(file, source);
    const run = await runObserved(node(), file, options);
    assert.deepEqual(plain(run), plain(await runBare(node(), file, options)));
    const picture = pictureOf(run);
    assert.deepEqual(
      picture.processes.map(({ problems, lost }) => [problems, lost]),
      picture.processes.map(() => [[], 0]),
    );
    return picture;
  }
  const workers = ({ threads }: Snapshot): ThreadPicture[] => threads.filter(({ kind }) => kind === 'worker');

  for (const [what, { source, ends, file, options, since = 0 }] of Object.entries(CASES)) {
    it(what, async function () {
      if (major < since) this.skip();
      const picture = await observed(source, options, file);
      assert.deepEqual(
        workers(picture).map((thread) => thread.ended?.by),
        ends,
      );
    });
  }

  it('preloads before and after it that watch errors, modules and diagnostics, as of monitoring services', async () => {
    const monitor = path.join(folder, 'monitor.js');
    fs.writeFileSync(monitor, MONITOR);
    const source = `${START} const w = new Worker('throw new Error("in the worker")', { eval: true, name: 'failing' });
      w.on('error', ({ message }) => console.log(message)); w.on('exit', () => console.log(globalThis.seen.join(' ')));`;
    const file = path.join(folder, 'monitored.js');
    fs.writeFileSync(file, source);
    const empty = path.join(folder, 'empty.js');
    fs.writeFileSync(empty, '');
    const options = (preloads: string[]): RunOptions => ({
      env: { NODE_OPTIONS: preloads.map((preload) => `--require=${preload}`).join(' ') },
    });
    for (const order of [(preload: string) => [monitor, preload], (preload: string) => [preload, monitor]]) {
      const run = await runObserved(node(), file, options(order(PROBE)));
      assert.deepEqual(plain(run), plain(await runBare(node(), file, options(order(empty)))));
      const ends = workers(pictureOf(run)).map((thread) => thread.ended?.by);
      assert.deepEqual(ends, ['error']);
    }
  });

  it('processes that the program starts, each under its own process, and one that is kept from it', async () => {
    const picture = await observed(STARTS_PROCESSES, {}, 'children.js');
    const [main, ...children] = picture.processes;
    assert.equal(children.length, 3, 'a spawned one, a forked one and a member of a cluster');
    assert.equal(new Set([main!.pid, ...children.map(({ pid }) => pid)]).size, 4);
    for (const { key } of children) {
      const threads = workers(picture).filter((thread) => thread.process === key);
      assert.deepEqual(
        threads.map((thread) => thread.ended?.by),
        ['returned'],
      );
    }
  });

  // One Node is enough for what takes long.
  if (major === 26) {
    it('a thousand short workers: each is told from start to end', async function () {
      this.timeout(120_000);
      const { threads } = await observed(MANY, {}, 'many.js');
      const all = threads.filter(({ kind }) => kind === 'worker');
      assert.equal(all.length, 1000);
      assert.deepEqual(new Set(all.map((thread) => thread.ended?.by)), new Set(['returned']));
    });
  }
});

const MONITOR = `
globalThis.seen ??= [];
const { emit } = process;
process.emit = function (event, ...args) {
  if (event === 'workerMessage' || event === 'exit') globalThis.seen.push(event);
  return Reflect.apply(emit, this, [event, ...args]);
};
const Module = require('node:module');
const load = Module._load;
Module._load = function (request) {
  if (/worker_threads/.test(request)) globalThis.seen.push('loaded');
  return Reflect.apply(load, this, arguments);
};
const compile = Module.prototype._compile;
Module.prototype._compile = function (code, file) {
  globalThis.seen.push('compiled');
  return Reflect.apply(compile, this, [code, file]);
};
require('node:diagnostics_channel').subscribe('worker_threads', () => globalThis.seen.push('worker'));
process.on('uncaughtExceptionMonitor', ({ message }) => globalThis.seen.push(message));
const { AsyncLocalStorage } = require('node:async_hooks');
new AsyncLocalStorage().enterWith({});
`;

const STARTS_PROCESSES = `
const { fork, spawn } = require('node:child_process');
const cluster = require('node:cluster');
const { Worker } = require('node:worker_threads');
const { once } = require('node:events');
if (process.argv[2] === 'child' || cluster.isWorker) {
  new Worker('0', { eval: true }).on('exit', (code) => { console.log('worker of a child', code); process.exit(0); });
} else (async () => {
  const env = { PATH: process.env.PATH };
  await once(spawn(process.execPath, [__filename, 'child'], { stdio: 'inherit' }), 'exit');
  await once(fork(__filename, ['child']), 'exit');
  await once(cluster.fork(), 'exit');
  await once(spawn(process.execPath, [__filename, 'child'], { stdio: 'inherit', env }), 'exit');
})();
`;

const MANY = `
const { Worker } = require('node:worker_threads');
let left = 1000, sum = 0;
const next = () => {
  if (left-- <= 0) return;
  new Worker('process.exitCode = 1', { eval: true }).on('exit', (code) => { sum += code; if (sum === 1000) console.log(sum); next(); });
};
for (let i = 0; i < 8; i++) next();
`;
