// unref() is called once more.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.unref();
worker.on('message', () => {});
worker.unref();
