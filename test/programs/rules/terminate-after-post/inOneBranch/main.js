// Both in the same branch.
// Findings: terminate-after-post.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
if (process.argv[2]) {
  worker.postMessage('end');
  worker.terminate(); //! terminate-after-post
} else worker.unref();
