// A worker exits while its own worker has work.
// Findings: lost-with-owner.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./worker.js'), { name: 'a' });
