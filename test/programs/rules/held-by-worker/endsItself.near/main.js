// The worker ends by itself.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./listener.js'), { name: 'a' });
