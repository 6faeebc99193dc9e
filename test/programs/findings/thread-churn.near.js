// To be seen: two threads take forty small tasks.
// Exit: returned.
// Threads: 2 returned.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  let left = 40;
  for (let i = 0; i < 2; i++) {
    const worker = new Worker(__filename, { name: `worker ${i}` });
    worker.on('message', () => worker.postMessage(left-- > 0 ? 'a task' : 'the end'));
  }
} else {
  parentPort.on('message', (task) => (task === 'the end' ? parentPort.close() : parentPort.postMessage('done')));
  parentPort.postMessage('ready');
}
