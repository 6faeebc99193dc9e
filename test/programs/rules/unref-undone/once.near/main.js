// It listens once: then the unref() holds again.
// Findings: none.
const { once } = require('node:events');
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.unref();
worker.once('message', () => {});
void once(worker, 'message');
