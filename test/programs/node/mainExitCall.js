// To be seen: main ended by process.exit(0); the worker, which would have kept the process alive, was killed with it.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'busy' });
worker.once('online', () => {
  console.log('leaving');
  process.exit(0); // main exits
});
