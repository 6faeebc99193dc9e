// In a worker.
// Findings: process-only-api.
const { Worker, isMainThread } = require('node:worker_threads');
new Worker(require.resolve('./worker.js'), { name: 'a' });
if (!isMainThread) {
  process.umask(0o22); //! process-only-api
}
process.chdir('/');
