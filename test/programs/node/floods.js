// To be seen: the worker posts far more than its ring has room for, and all is counted: what was dropped as well.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const COUNT = 20_000;
if (isMainThread) {
  const worker = new Worker(__filename);
  let heard = 0;
  worker.on('message', () => heard++);
  worker.once('exit', () => console.log(heard));
} else {
  for (let i = 0; i < COUNT; i++) parentPort.postMessage(i);
}
