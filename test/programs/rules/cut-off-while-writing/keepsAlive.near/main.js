// It keeps the process alive.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./writer.js'), { name: 'a' });
