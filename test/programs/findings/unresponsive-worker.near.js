// To be seen: the worker waits in Atomics.wait, where it does no harm, until main is done.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'sleeper' }).unref();
  setTimeout(() => {}, 6000);
} else {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
