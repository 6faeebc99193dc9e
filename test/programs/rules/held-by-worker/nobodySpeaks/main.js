// Nobody speaks to the worker, and nobody ends it.
// Findings: held-by-worker.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./listener.js'), { name: 'a' }); //! held-by-worker
