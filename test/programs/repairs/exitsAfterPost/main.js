// Main exits before the worker has read its message.
// Change: unread-messages in main.js: Exit when it has answered.
// After: exit code 0, and "save\n"
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'saver' });
worker.on('error', console.error);
worker.postMessage('save');
process.exit(0);
