// Another event, and another worker.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
const other = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.unref();
worker.on('exit', () => {});
other.on('message', () => {});
