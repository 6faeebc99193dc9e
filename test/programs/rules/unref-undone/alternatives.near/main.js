// A daemon without a listener, or one that keeps the process alive.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
if (process.argv[2] === 'quiet') worker.unref();
else worker.on('message', (value) => console.log(value));
worker.postMessage(1);
