// To be seen: a worker that is terminated as soon as it has posted, with two listeners for its exit.
// Exit: returned.
// Threads: 1 terminate.
// Findings: exit-listener-skipped “cleaner” at (terminate).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'cleaner' });
  worker.once('message', () => worker.terminate()); // terminate
} else {
  process.on('exit', () => console.log('cleaned up'));
  process.prependOnceListener('exit', () => console.log('cleaned up first'));
  parentPort.on('message', () => {});
  parentPort.postMessage('ready');
}
