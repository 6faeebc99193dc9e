// To be seen: more messages than the rings hold, all of them taken before the worker exits.
// Exit: returned.
// Threads: 1 exit-call.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename);
  for (let i = 0; i < 20_000; i++) worker.postMessage(i);
  worker.postMessage('end');
} else {
  parentPort.on('message', (message) => {
    if (message === 'end') process.exit(0);
  });
}
