// To be seen: main ended by a promise that was rejected and that nobody handled; the worker was killed with it.
// Exit: error, code 1.
// Threads: 1 main-exit.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'busy' });
worker.once('online', () => Promise.reject(new Error('nobody handles this')));
