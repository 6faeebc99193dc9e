// To be seen: a daemon that main kills while it holds a lock.
// Since: Node 24.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: cut-off-while-holding “holder” at (unref).
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'holder' });
  worker.once('message', () => {
    setTimeout(() => console.log('main is done'), 100);
    worker.unref(); // unref
  });
} else {
  locks.request('db', async () => {
    parentPort.postMessage('held');
    await new Promise((free) => setTimeout(free, 60_000));
  });
}
