// To be seen: main is done, and the worker waits in Atomics.wait for what nobody will do.
// Exit: signal.
// Threads: 1 signal.
// Findings: held-by-worker “waiter” at (start).
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'waiter', workerData: new SharedArrayBuffer(4) }); // start
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  Atomics.wait(new Int32Array(workerData), 0, 0);
}
