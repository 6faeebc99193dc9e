// To be seen: terminate() came after the answer to the last message.
// Exit: returned.
// Threads: 1 terminate.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'saver' });
  worker.once('message', () => worker.terminate());
  for (const part of ['a', 'b', 'save']) worker.postMessage(part);
} else {
  parentPort.on('message', (part) => part === 'save' && parentPort.postMessage('saved'));
}
