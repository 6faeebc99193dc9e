// To be seen: what main does is known to its end, long after its only worker has ended.
const { Worker } = require('node:worker_threads');

new Worker('setTimeout(() => {}, 800)', { eval: true }).once('exit', () => setTimeout(() => {}, 3000));
