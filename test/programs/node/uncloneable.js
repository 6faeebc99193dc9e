// To be seen: main ended by the uncaught error of a postMessage(); its text tells of nothing but the program.
// Exit: error, code 1.
// Threads: 1 main-exit.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'deaf' });
worker.postMessage(() => {}); // fails
