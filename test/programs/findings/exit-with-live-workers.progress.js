// To be seen: the worker has a timer and tells of its progress till it tells that it is done; main exits at that.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const { setTimeout } = require('node:timers/promises');

if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('message', ({ done }) => {
    if (done) process.exit(0);
  });
  worker.postMessage({ files: 10 });
} else {
  parentPort.on('message', async ({ files }) => {
    for (let i = 0; i < files; i++) {
      await setTimeout(60);
      parentPort.postMessage({ i });
    }
    parentPort.postMessage({ done: true });
  });
}
