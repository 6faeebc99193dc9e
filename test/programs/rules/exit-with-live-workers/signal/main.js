// The handler of a signal forgets the worker.
// Findings: exit-with-live-workers.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./busy.js'), { name: 'a' });
worker.on('message', console.log);
process.on('SIGTERM', () => process.exit(0)); //! exit-with-live-workers
