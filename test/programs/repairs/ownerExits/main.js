// Starts the worker that exits too early.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./worker.js'), { name: 'owner' }).on('error', console.error);
