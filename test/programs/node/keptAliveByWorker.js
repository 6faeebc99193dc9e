// To be seen: the worker keeps the process alive until someone stops it.
const { Worker } = require('node:worker_threads');

new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'holder' });
