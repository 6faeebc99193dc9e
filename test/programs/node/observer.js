// Prints all that a program can see of itself and of its threads. Nothing of it may differ with the probe, but for what
// test/probe/transparency.test.ts lists.
'use strict';
const fs = require('node:fs');
const events = require('node:events');
const wt = require('node:worker_threads');

const seen = {};
const shapeOf = (object) =>
  Reflect.ownKeys(object).map((key) => {
    const { value, get, set, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(object, key);
    const kind = get || set ? `accessor ${!!get} ${!!set}` : typeof value;
    const face =
      typeof value === 'function'
        ? [value.name, value.length, Reflect.ownKeys(value).map(String), 'prototype' in value, Object.isFrozen(value)]
        : [];
    return [String(key), kind, writable, enumerable, configurable, ...face];
  });
const listeners = (emitter) => emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]);
const descriptors = () =>
  fs.readdirSync('/proc/self/fd').map((fd) => {
    try {
      return `${fd} ${fs.readlinkSync(`/proc/self/fd/${fd}`).replace(/\d{3,}/g, 'N')}`;
    } catch {
      return `${fd} gone`; // the one that lists them
    }
  });
const constructs = (method) => {
  try {
    Reflect.construct(Object, [], method);
    return true;
  } catch (error) {
    return error.name;
  }
};

function look(where) {
  const { Worker, MessagePort, BroadcastChannel } = wt;
  seen[where] = {
    worker_threads: shapeOf(wt),
    timers: ['setTimeout', 'setInterval'].map((name) => require('node:timers')[name] === globalThis[name]),
    Worker: shapeOf(Worker),
    workerPrototype: shapeOf(Worker.prototype),
    workerChain: Object.getPrototypeOf(Worker) === events,
    portPrototype: shapeOf(MessagePort.prototype),
    channelPrototype: shapeOf(BroadcastChannel.prototype),
    eventsPrototype: shapeOf(events.prototype),
    process: shapeOf(process).filter(([key]) => key !== 'emit'),
    processKeys: Object.keys(process),
    processListeners: listeners(process),
    globals: shapeOf(globalThis).map(([key]) => key),
    error: shapeOf(Error),
    execArgv: process.execArgv,
    argv: process.argv.slice(1),
    constructible: ['ref', 'unref', 'terminate'].map((name) => constructs(Worker.prototype[name])),
    constructiblePost: constructs(MessagePort.prototype.postMessage),
    wrongReceiver: ['ref', 'terminate'].map((name) => {
      try {
        return String(Worker.prototype[name].call({}));
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    }),
    resources: process.getActiveResourcesInfo(),
    modules: Object.keys(require.cache).length,
    // The preload's own file is there for the empty preload too.
    files: where.startsWith('main') && fs.existsSync('/proc/self/fd') ? descriptors() : [],
    limit: Error.stackTraceLimit,
    prepare: typeof Error.prepareStackTrace,
  };
}

if (wt.isMainThread) {
  process.on('warning', (warning) => console.log('warning', warning.name));
  let prepared = 0;
  look('main');
  Error.prepareStackTrace = (error) => {
    prepared++;
    return String(error);
  };
  const worker = new wt.Worker(__filename, { name: 'observed', workerData: 1 });
  worker.unref();
  worker.ref();
  delete Error.prepareStackTrace;
  seen.prepared = prepared;
  seen.instance = shapeOf(worker).map(([key, kind, ...flags]) => [key, kind, ...flags.slice(0, 3)]);
  seen.instanceListeners = listeners(worker);
  seen.instanceOf = [worker instanceof wt.Worker, worker.constructor === wt.Worker, worker.constructor.name];
  seen.messages = [];
  const getter = {
    get type() {
      seen.messages.push('getter ran');
      return 'loadScript';
    },
  };
  worker.postMessage(getter);
  try {
    worker.postMessage(new Proxy({}, { getOwnPropertyDescriptor: () => seen.messages.push('trap ran') }));
  } catch (error) {
    seen.messages.push(error.name);
  }
  for (let i = 0; i < 10; i++) worker.on('exit', () => undefined); // one of ours more would warn
  worker.on('message', (fromWorker) => Object.assign(seen, fromWorker));
  worker.on('exit', (code) => {
    look('main after');
    seen.code = code;
    seen.terminated = String(worker.terminate());
  });
  process.on('exit', (code) => {
    seen.exitStack = new Error().stack.split('\n').length;
    seen.exitListeners = listeners(process);
    console.log(JSON.stringify(seen, null, 1));
    console.log('code', code);
  });
} else {
  look('worker');
  wt.parentPort.once('message', () => {
    seen.parentPort = listeners(wt.parentPort);
    wt.parentPort.postMessage(seen);
  });
}
