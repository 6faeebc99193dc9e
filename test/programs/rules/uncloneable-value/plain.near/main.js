// Plain data, and results of calls.
// Findings: none.
const { Worker } = require('node:worker_threads');
function done() {}
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: done() });
worker.postMessage({ a: done(), b: [1].map((one) => one) });
