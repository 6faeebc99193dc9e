// To be seen: the worker is ref'd for each of many tasks and unref'd afterwards, but for the last one: it holds the process.
// Exit: signal.
// Threads: 1 signal.
// Findings: held-by-worker “flips” at (ref).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const TASKS = 1000;

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'flips' });
  let done = 0;
  worker.on('message', () => {
    if (++done > TASKS) return;
    worker.unref();
    worker.ref(); // ref
    worker.postMessage('a task');
  });
  worker.postMessage('a task');
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.on('message', () => parentPort.postMessage('done'));
}
