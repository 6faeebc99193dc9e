// It is ref’d on purpose, to wait for an answer.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.unref();
function ask() {
  worker.ref();
  worker.once('message', () => worker.unref());
}
