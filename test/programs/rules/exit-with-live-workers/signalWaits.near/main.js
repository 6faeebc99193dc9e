// The handler of a signal tells the worker to stop, or waits.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./busy.js'), { name: 'a' });
process.on('SIGTERM', () => {
  worker.postMessage('stop');
  setTimeout(() => process.exit(0), 1000).unref();
});
process.once('SIGINT', async () => {
  await save();
  process.exit(0);
});
