// To be seen: three threads of one line; two have answered, and the third is at its task when main is done.
// Exit: returned.
// Threads: 3 main-exit (daemon).
// Findings: task-cut-off “3 × task-cut-off.js” at (pool).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  let answers = 0;
  for (const rounds of [1, 2, 1e12]) {
    const worker = new Worker(__filename, { name: `${rounds} rounds` }); // pool
    worker.on('message', () => ++answers === 2 && setTimeout(() => {}, 500));
    worker.postMessage(rounds);
    worker.unref();
  }
  setTimeout(() => {}, 3000);
} else {
  parentPort.on('message', (rounds) => {
    for (let i = 0; i < rounds; i++);
    parentPort.postMessage(rounds);
  });
}
