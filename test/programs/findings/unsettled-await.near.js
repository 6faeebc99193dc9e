// To be seen: a worker whose module awaits a timer.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker(new URL('data:text/javascript,await new Promise((resolve) => setTimeout(resolve, 100))'));
worker.on('exit', (code) => console.log(code));
