// The message does not settle the promise.
// Findings: none.
const { Worker } = require('node:worker_threads');
const run = () =>
  new Promise((resolve) => {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
    worker.on('message', () => console.log('a message'));
    worker.on('online', resolve);
  });
