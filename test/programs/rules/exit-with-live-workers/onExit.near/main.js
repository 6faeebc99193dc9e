// Main exits when the worker has ended.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./busy.js'), { name: 'a' });
worker.on('exit', () => process.exit(0));
