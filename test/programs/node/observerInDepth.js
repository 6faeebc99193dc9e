// Prints what a program can see of asynchronous ids, handles, order, and the stacks of errors that threads make. What may
// differ with the probe is listed in test/probe/transparency.test.ts.
'use strict';
const { AsyncResource, createHook, executionAsyncId, triggerAsyncId } = require('node:async_hooks');
const fs = require('node:fs');
const wt = require('node:worker_threads');

Error.stackTraceLimit = 50;
const seen = { ids: [], handles: [], order: [], stacks: {}, resources: {} };
const note = (where) => {
  seen.ids.push([where, executionAsyncId(), triggerAsyncId(), new AsyncResource('PROBED').asyncId()]);
  seen.handles.push([where, process._getActiveHandles().length, process._getActiveRequests().length]);
};
const stackOf = (name, body) => {
  try {
    body();
    seen.stacks[name] = 'none';
  } catch (error) {
    seen.stacks[name] = error.stack;
  }
};

function stacks() {
  const { port1, port2 } = new wt.MessageChannel();
  const channel = new wt.BroadcastChannel('observed');
  stackOf('a port given what cannot be sent', () => port1.postMessage(() => {}));
  stackOf('a port that is not', () => wt.MessagePort.prototype.postMessage.call({}));
  stackOf('a port given itself', () => port1.postMessage(port1, [port1]));
  stackOf('a channel given what cannot be sent', () => channel.postMessage(() => {}));
  stackOf('a channel that is not', () => wt.BroadcastChannel.prototype.postMessage.call({}, 1));
  stackOf('receiveMessageOnPort of nothing', () => wt.receiveMessageOnPort());
  stackOf('Atomics.wait on nothing', () => Atomics.wait());
  stackOf('Atomics.notify on nothing', () => Atomics.notify());
  stackOf('a write to no file', () => fs.writeSync(9999, 'x'));
  stackOf('a write in parts to no file', () => fs.writevSync(9999, [Buffer.from('x')]));
  stackOf('a close of no file', () => fs.closeSync(9999));
  stackOf('no command', () => require('node:child_process').execFileSync('/no/such/command'));
  stackOf('a worker of nothing', () => new wt.Worker());
  stackOf('an environment that cannot be sent', () => wt.setEnvironmentData('mine', () => {}));
  channel.close();
  port1.close();
  port2.close();
}

const natives = () =>
  Object.fromEntries(
    Object.entries({
      postMessage: wt.MessagePort.prototype.postMessage,
      channelPost: wt.BroadcastChannel.prototype.postMessage,
      portStart: wt.MessagePort.prototype.start,
      wait: Atomics.wait,
      notify: Atomics.notify,
      write: fs.write,
      writeSync: fs.writeSync,
      close: fs.close,
      emit: require('node:events').prototype.emit,
      chdir: process.chdir,
      then: Promise.prototype.then,
    }).map(([name, method]) => [name, [method.name, method.length, String(method).includes('[native code]')]]),
  );

if (wt.isMainThread) {
  note('start');
  seen.nativesBefore = natives();
  const hook = createHook({
    init(id, type) {
      seen.resources[type] = (seen.resources[type] ?? 0) + 1;
    },
  });
  const worker = new wt.Worker(__filename);
  note('worker made');
  seen.natives = natives();
  stacks();
  hook.enable();
  fs.promises.writeFile(`/tmp/observed-${process.pid}`, 'text').then(() => {
    fs.unlinkSync(`/tmp/observed-${process.pid}`);
    hook.disable();
    note('written');
    worker.postMessage('go');
  });
  process.nextTick(() => seen.order.push('tick'));
  Promise.resolve().then(() => seen.order.push('promise'));
  worker.once('message', (fromWorker) => {
    note('message');
    seen.messageStack = new Error().stack;
    seen.fromWorker = fromWorker;
  });
  worker.once('exit', () => {
    note('exit');
    // Accepted: the lines of Node's own emit().
    seen.exitStack = new Error().stack.replace(/node:events:\d+:\d+/g, 'node:events');
    seen.modules = process.moduleLoadList.filter((name) => !/ internal/.test(name)).sort();
  });
  process.on('exit', () => console.log(JSON.stringify(seen, null, 1)));
} else {
  note('start of the worker');
  seen.natives = natives();
  wt.parentPort.once('message', () => {
    note('message');
    stacks();
    seen.messageStack = new Error().stack;
    wt.parentPort.postMessage(seen);
  });
}
