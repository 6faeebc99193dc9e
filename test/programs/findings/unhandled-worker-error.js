// To be seen: nobody listens to the worker's 'error', so it ends main.
// Exit: error, code 1.
// Threads: 1 error.
// Findings: unhandled-worker-error “careless” at (start).
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'careless' }); // start
} else {
  throw new RangeError('nobody catches this');
}
