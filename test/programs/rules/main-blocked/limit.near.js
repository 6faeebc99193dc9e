// With a time limit, and in the worker.
// Findings: none.
const { isMainThread, workerData } = require('node:worker_threads');
if (isMainThread) Atomics.wait(new Int32Array(4), 0, 0, 100);
else Atomics.wait(workerData, 0, 0);
