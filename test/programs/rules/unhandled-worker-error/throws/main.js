// The script throws.
// Findings: unhandled-worker-error.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./thrower.js'), { name: 'a' }); //! unhandled-worker-error
