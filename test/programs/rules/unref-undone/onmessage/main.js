// With onmessage.
// Findings: unref-undone.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.unref();
worker.onmessage = () => {}; //! unref-undone
