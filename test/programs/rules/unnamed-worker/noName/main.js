// Options without a name, or no options.
// Findings: unnamed-worker.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./quiet.js')); //! unnamed-worker
new Worker(require.resolve('./quiet.js'), { workerData: 1 }); //! unnamed-worker
new Worker(require.resolve('./quiet.js'), {}); //! unnamed-worker
