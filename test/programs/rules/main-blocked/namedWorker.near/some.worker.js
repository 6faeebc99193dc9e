// In a file that is a worker by its name.
// Findings: none.
const { Worker } = require('node:worker_threads');
const flag = new Int32Array(new SharedArrayBuffer(4));
new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: flag });
Atomics.wait(flag, 0, 0);
