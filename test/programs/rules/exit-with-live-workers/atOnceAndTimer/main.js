// Right after the start, and from a timer.
// Findings: unread-messages, exit-with-live-workers.
// Names that it imports and does not use do not make it a worker.
const { Worker, isMainThread, parentPort, workerData, BroadcastChannel } = require('node:worker_threads');
const fs = require('node:fs');
function one() {
  const worker = new Worker(require.resolve('./busy.js'), { name: 'a' });
  worker.postMessage(1); //! unread-messages
  process.exit(0); //! exit-with-live-workers
}
function two() {
  new Worker(require.resolve('./busy.js'), { name: 'a' });
  setTimeout(() => process.exit(0), 1000); //! exit-with-live-workers
}
