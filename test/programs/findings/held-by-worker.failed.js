// To be seen: a worker failed in the middle of a task, and the one that took its place holds the process, while main still
// waits for the answer (poolifier/poolifier#3211).
// Exit: signal.
// Threads: 1 error, 1 signal.
// Findings: held-by-worker “pooled” at (start).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const waiting = new Map();
  const start = () => {
    const worker = new Worker(__filename, { name: 'pooled' }); // start
    worker.on('message', ({ id, result }) => waiting.get(id)(result));
    worker.on('error', (error) => {
      console.log('failed:', error.message);
      start();
    });
    return worker;
  };
  const worker = start();
  const ask = (id) => new Promise((resolve) => waiting.set(id, resolve).size && worker.postMessage({ id }));
  ask(1).then(console.log);
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 8000).unref();
} else {
  parentPort.on('message', ({ id }) => {
    if (id === 1) throw new Error('no such row');
    parentPort.postMessage({ id, result: 'found' });
  });
}
