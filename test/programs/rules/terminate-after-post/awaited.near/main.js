// The end of the worker is awaited first.
// Findings: none.
const { Worker } = require('node:worker_threads');
const { once } = require('events');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
async function stop() {
  worker.postMessage('save');
  await once(worker, 'exit');
  await worker.terminate();
}
