// To be seen: main hears of the worker's error, and then ends by an error of its own.
// Exit: error, code 1.
// Threads: 1 error.
// Findings: none.
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'careless' }).on('error', (error) => {
    throw new Error(`the worker failed: ${error.message}`);
  });
} else {
  throw new RangeError('nobody catches this');
}
