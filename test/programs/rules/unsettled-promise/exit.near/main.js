// There is a listener for "exit".
// Findings: none.
const { Worker } = require('node:worker_threads');
const run = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => code && reject(new Error(code)));
  });
