// It only reads.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./reader.js'), { name: 'a' }).unref();
