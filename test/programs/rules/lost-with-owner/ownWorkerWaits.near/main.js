// Its own worker only waits.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./worker.js'), { name: 'a' });
