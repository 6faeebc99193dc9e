// To be seen: main waits for one more message from a worker. It has come already, while main did not wait for it.
// Exit: signal.
// Threads: 1 signal.
// Findings: deadlock “main” at (start).
const { once } = require('node:events');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

async function main() {
  const worker = new Worker(__filename, { name: 'db' }); // start
  worker.on('message', (message) => console.log(message)); // takes what main does not wait for
  await once(worker, 'message');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await once(worker, 'message');
  worker.postMessage('close');
}

if (isMainThread) {
  void main();
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.once('message', () => {});
  parentPort.postMessage('ready');
  parentPort.postMessage('leader');
}
