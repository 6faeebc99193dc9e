// A timer posts in a loop, and nobody listens.
// Findings: message-backlog.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
setInterval(() => {
  for (let i = 0; i < 20; i++) worker.postMessage(i); //! message-backlog
}, 20);
