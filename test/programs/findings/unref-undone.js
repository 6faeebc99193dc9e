// To be seen: the listener refs the worker again after unref(), so the process does not end.
// Exit: signal.
// Threads: 1 signal.
// Findings: unref-undone “answers” at (listener).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'answers' });
  worker.unref();
  worker.on('message', () => {}); // listener
  worker.postMessage('a question');
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.on('message', () => parentPort.postMessage('an answer'));
}
