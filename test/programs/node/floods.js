// To be seen: the worker posts far more than its ring has room for, and all is counted: what was dropped as well.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const COUNT = 20_000;
if (isMainThread) {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, { workerData: done });
  let heard = 0;
  worker.on('message', () => heard++);
  worker.once('exit', () => console.log(heard));
  Atomics.wait(done, 0, 0); // nobody empties the ring meanwhile
} else {
  for (let i = 0; i < COUNT; i++) parentPort.postMessage(i);
  Atomics.store(workerData, 0, 1);
  Atomics.notify(workerData, 0);
}
