// After a loop that posts.
// Findings: terminate-after-post.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
function stop() {
  for (const part of ['a', 'b']) worker.postMessage(part);
  void worker.terminate(); //! terminate-after-post
}
