// process.exit() comes right after postMessage().
// Findings: unread-messages.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.postMessage('save'); //! unread-messages
process.exit(0);
