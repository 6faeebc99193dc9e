// To be seen: the script of the worker is not there; main hears of that.
// Exit: returned.
// Threads: 1 error.
// Findings: worker-file-not-found “there-is-no-such-worker.js” at (start).
const { Worker } = require('node:worker_threads');

const worker = new Worker('./there-is-no-such-worker.js'); // start
worker.on('error', (error) => console.log(error.code));
