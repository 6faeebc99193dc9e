// Nothing listens to "exit".
// Findings: unsettled-promise.
const { Worker } = require('node:worker_threads');
const run = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
    worker.on('message', resolve); //! unsettled-promise
    worker.on('error', reject);
  });
