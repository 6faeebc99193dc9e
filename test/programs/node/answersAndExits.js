// To be seen: nothing to find. What a worker posts right before process.exit() arrives (oven-sh/bun#14144).
// Exit: returned.
// Threads: 1 exit-call.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'finisher' });
  worker.on('error', (error) => console.error(error));
  worker.on('message', (text) => {
    console.log(text);
    if (text === 'start') worker.postMessage('go');
  });
} else {
  parentPort.on('message', () => {
    parentPort.postMessage('finish');
    process.exit();
  });
  parentPort.postMessage('start');
}
