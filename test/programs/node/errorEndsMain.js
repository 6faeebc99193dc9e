// To be seen: the worker's uncaught error had no listener and ended main; the other worker was killed with main.
// Exit: error, code 1.
// Threads: 1 error, 1 main-exit.
// Findings: unhandled-worker-error “throws” at (start).
const { Worker } = require('node:worker_threads');

new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'bystander' }).once('online', () => {
  new Worker("throw new RangeError('nobody listens')", { eval: true, name: 'throws' }); // start
});
