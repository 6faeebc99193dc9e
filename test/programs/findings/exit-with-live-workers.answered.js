// To be seen: main exits as soon as the last worker has answered; they were busy till then, and nothing is lost.
// Exit: exit-call.
// Threads: 4 main-exit.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const WORKERS = 4;
if (isMainThread) {
  let answers = 0;
  for (let i = 0; i < WORKERS; i++) {
    const worker = new Worker(__filename);
    worker.on('message', () => {
      if (++answers === WORKERS) process.exit(0);
    });
    worker.postMessage(i);
  }
} else {
  parentPort.on('message', (n) => {
    const until = Date.now() + 400;
    while (Date.now() < until);
    parentPort.postMessage(n);
  });
}
