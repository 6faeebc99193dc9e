// Other events of the worker have listeners, "error" has none.
// Findings: unhandled-worker-error.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' }); //! unhandled-worker-error
worker.on('message', console.log);
const other = new Worker(require.resolve('./quiet.js'), { name: 'a' }); //! unhandled-worker-error
other.on('exit', console.log).unref();
