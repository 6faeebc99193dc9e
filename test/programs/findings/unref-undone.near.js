// To be seen: unref() comes after the listener, so the process ends.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'answers' });
  worker.on('message', () => {});
  worker.unref();
  worker.postMessage('a question');
  setTimeout(() => {}, 1500);
} else {
  parentPort.on('message', () => parentPort.postMessage('an answer'));
}
