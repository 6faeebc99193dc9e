// A thread for each round of a loop, which waits for its end.
// Findings: thread-churn.
const { Worker } = require('node:worker_threads');
const { once } = require('events');
async function all(files) {
  for (const file of files) {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: file }); //! thread-churn
    await once(worker, 'exit');
  }
  while (files.length > 0) {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' }); //! thread-churn
    worker.postMessage(files.pop());
    await once(worker, 'message');
    await worker.terminate();
  }
}
async function stream(lines) {
  for await (const line of lines) new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: line }); //! thread-churn
}
