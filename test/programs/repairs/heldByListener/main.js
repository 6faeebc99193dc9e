// A worker that nobody speaks to.
// Change: held-by-worker in main.js: Call unref() on it.
// After: exit code 0, and ""
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'idle' });
worker.on('error', console.error);
worker.on('message', console.log);
