// To be seen: a daemon that main kills, so that what it had added for its exit does not run.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: exit-listener-skipped “cleaner” at (unref).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'cleaner' });
  worker.once('message', () => {
    worker.unref(); // unref
    setTimeout(() => console.log('main is done'), 100);
  });
} else {
  parentPort.on('message', () => {});
  process.once('exit', () => console.log('cleaned up'));
  parentPort.postMessage('ready');
}
