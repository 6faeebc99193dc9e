// A worker exits while its own worker is at work.
// Change: lost-with-owner in worker.js: Wait for its "exit" event first.
// After: exit code 0, and "whole\n"
const { Worker } = require('node:worker_threads');
const inner = new Worker(require.resolve('./inner.js'), { name: 'inner' });
inner.on('error', console.error);
process.exit(0);
