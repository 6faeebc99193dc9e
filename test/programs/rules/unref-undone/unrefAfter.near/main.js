// unref() comes after the listener.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.on('message', () => {});
worker.unref();
