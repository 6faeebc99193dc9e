// terminate() comes before the worker has read its message.
// Change: terminate-after-post in main.js: Call terminate() when it has answered.
// After: exit code 0, and "save\n"
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'saver' });
worker.on('error', console.error);
worker.postMessage('save');
worker.terminate();
console.error('main has more to do');
