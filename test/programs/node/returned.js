// To be seen: the worker returned; main returned after it; nothing was cut off.
const { Worker } = require('node:worker_threads');

new Worker("console.log('worker is done')", { eval: true, name: 'tidy' });
