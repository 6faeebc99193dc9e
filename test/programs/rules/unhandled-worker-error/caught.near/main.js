// The script catches what it throws, or throws to its own callers.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./thrower.js'), { name: 'a' });
