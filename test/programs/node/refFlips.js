// To be seen: the worker kept the process alive, was a daemon, kept it alive again, and was killed as a daemon.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'flips' });
worker.once('online', () => {
  worker.ref(); // no flip: it is ref'd already
  worker.unref(); // first flip
  worker.unref(); // no flip
  worker.ref(); // second flip
  worker.unref(); // third flip
});
