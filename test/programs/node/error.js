// To be seen: the worker ended by an uncaught TypeError; main heard it and returned.
// Exit: returned.
// Threads: 1 error.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker("throw new TypeError('no luck')", { eval: true, name: 'throws' });
worker.on('error', (error) => console.log(error.name, error.message));
worker.on('exit', (code) => console.log('worker ended with', code));
