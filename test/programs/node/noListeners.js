// To be seen: the worker's whole life, although the program removes all listeners of everything.
// Exit: returned.
// Threads: 1 exit-call.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setTimeout(() => process.exit(2), 50)', { eval: true, name: 'bare' });
worker.removeAllListeners();
process.removeAllListeners();
