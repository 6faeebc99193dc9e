// To be seen: the worker's uncaught error had no listener and ended main; the other worker was killed with main.
const { Worker } = require('node:worker_threads');

new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'bystander' }).once('online', () => {
  new Worker("throw new RangeError('nobody listens')", { eval: true, name: 'throws' });
});
