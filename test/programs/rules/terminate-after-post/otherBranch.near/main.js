// They are in different branches.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
function stop(now) {
  if (now) return worker.terminate();
  worker.postMessage('save');
}
