// To be seen: the daemon has taken all five messages long before main is done.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'reader' });
  worker.unref();
  for (let i = 0; i < 5; i++) worker.postMessage(i);
  setTimeout(() => {}, 1000);
} else {
  parentPort.on('message', () => {});
}
