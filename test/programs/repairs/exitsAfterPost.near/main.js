// The worker answers some messages only.
// Change: unread-messages in main.js: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'saver' });
worker.on('error', console.error);
worker.postMessage('save');
process.exit(0);
