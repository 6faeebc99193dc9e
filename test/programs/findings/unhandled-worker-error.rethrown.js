// To be seen: somebody listens for the worker's error, and throws it again.
// Exit: error, code 1.
// Threads: 1 error.
// Findings: unhandled-worker-error “thrower” at (start).
const { Worker } = require('node:worker_threads');

const worker = new Worker("throw new RangeError('thrown again')", { eval: true, name: 'thrower' }); // start
worker.on('error', (error) => {
  throw error;
});
