// Memory of its own.
// Findings: none.
const { Worker } = require('node:worker_threads');
const own = Buffer.alloc(10);
const view = Buffer.from(new ArrayBuffer(8));
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.postMessage(own, [own.buffer]);
worker.postMessage(view, [view.buffer]);
