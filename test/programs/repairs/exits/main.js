// Main exits as soon as it has started the worker.
// Change: exit-with-live-workers in main.js: Wait for its "exit" event first.
// After: exit code 3, and "whole\n"
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'worker' });
worker.on('error', console.error);
process.exit(3);
