// Main waits for the worker on shared memory first.
// Findings: none.
const { Worker } = require('node:worker_threads');
const flag = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: flag });
worker.postMessage('save');
Atomics.wait(flag, 0, 0, 1000);
worker.terminate();
