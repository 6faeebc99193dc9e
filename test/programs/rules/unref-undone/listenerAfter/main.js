// A listener is added after unref().
// Findings: unref-undone.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.unref();
worker.on('message', (value) => console.log(value)); //! unref-undone
worker.postMessage(1);
