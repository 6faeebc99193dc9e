// terminate() comes right after postMessage().
// Findings: terminate-after-post.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.postMessage('save');
worker.terminate(); //! terminate-after-post
