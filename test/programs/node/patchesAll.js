// Replaces every function of the language that it can reach by one that looks who calls it, also in its worker, and tells
// which were called by a preload, straight or through `Function.prototype.call` and the like.
'use strict';
const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const wt = require('node:worker_threads');
const { preload } = wt.isMainThread ? { preload: process.argv[2] } : wt.workerData;
const log = console.log.bind(console);
const { stringify } = JSON;
const called = { __proto__: null };
let looking = false;
// What is needed to look, in its original.
const push = uncurry(Array.prototype.push);
const includes = uncurry(String.prototype.includes);
const split = uncurry(String.prototype.split);
function uncurry(method) {
  return (self, ...args) => apply(method, self, args);
}

function look(name) {
  if (looking) return;
  looking = true;
  try {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 3;
    const lines = split(new Error().stack, '\n');
    Error.stackTraceLimit = limit;
    if (lines.length > 3 && includes(lines[3], preload)) called[name] = true;
  } finally {
    looking = false;
  }
}

function spyOn(original, name) {
  const { spy } = {
    spy(...args) {
      look(name);
      return apply(original, this, args);
    },
  };
  return spy;
}

function watchedClass(original, name) {
  return function (...args) {
    look(name);
    return new.target ? construct(original, args, original) : apply(original, this, args);
  };
}

function patch(object, of) {
  for (const key of ownKeys(object)) {
    const { value: original, ...flags } = getOwnPropertyDescriptor(object, key);
    if (typeof original !== 'function' || !flags.configurable || key === 'constructor') continue;
    const name = `${of}.${String(key)}`;
    const spy = original.prototype ? watchedClass(original, name) : spyOn(original, name);
    defineProperty(object, key, { value: spy, ...flags });
  }
}

const names = ['Object', 'Function', 'Array', 'String', 'Number', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet'];
names.push('Promise', 'Symbol', 'Date', 'Buffer', 'Uint8Array', 'Int32Array', 'SharedArrayBuffer', 'Error');
const modules = ['fs', 'vm', 'util', 'module', 'url'].map((id) => [require(id), id]);
for (const [object, of] of modules) patch(object, of);
for (const name of names) {
  patch(globalThis[name], name);
  if (globalThis[name].prototype) patch(globalThis[name].prototype, `${name}.prototype`);
}
for (const name of ['Math', 'JSON', 'Reflect', 'Atomics']) patch(globalThis[name], name);
patch(getPrototypeOf([][Symbol.iterator]()), 'ArrayIterator');
patch(process, 'process');

if (wt.isMainThread) {
  const worker = new wt.Worker(__filename, { workerData: { preload } });
  worker.postMessage('go');
  worker.ref();
  worker.on('message', (fromWorker) => apply(log, undefined, [`worker ${fromWorker}`]));
  worker.on('exit', () => {
    const { port1, port2 } = new wt.MessageChannel();
    port1.postMessage(1);
    wt.receiveMessageOnPort(port2);
    port1.close();
    new wt.Worker('0', { eval: true }).terminate();
  });
  process.on('exit', () => log(`main ${stringify(ownKeys(called).sort())}`));
} else {
  wt.parentPort.once('message', () => {
    setTimeout(() => {
      wt.parentPort.postMessage(stringify(ownKeys(called).sort()));
      process.exit(3);
    }, 400);
  });
}
