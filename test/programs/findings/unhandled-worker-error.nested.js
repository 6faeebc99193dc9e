// To be seen: an error that goes up through two threads, for nobody listens for it, and ends main.
// Exit: error, code 1.
// Threads: 2 error.
// Findings: unhandled-worker-error “leaf” at (start).
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const start = (name, then) => new Worker(__filename, { name, workerData: then }); // start
if (isMainThread) {
  start('outer', 'starts');
  setTimeout(() => {}, 3000);
} else if (workerData === 'starts') {
  start('leaf', 'fails');
  setInterval(() => {}, 1000);
} else throw new Error('a bad row');
