// The worker has nothing of its own to do.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./listener.js'), { name: 'a' });
setTimeout(() => process.exit(0), 1000);
