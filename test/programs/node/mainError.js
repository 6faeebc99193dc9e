// To be seen: main ended by an uncaught error; the worker was killed with it.
// Exit: error, code 1.
// Threads: 1 main-exit.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'busy' });
worker.once('online', () => {
  throw new Error('main is broken'); // main throws
});
