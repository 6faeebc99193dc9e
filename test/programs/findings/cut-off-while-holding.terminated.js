// To be seen: a worker that is terminated while it holds a lock, which main is given then.
// Since: Node 24.
// Exit: returned.
// Threads: 1 terminate.
// Notes: Main ended by itself while it still waited for the lock “db” (cut-off-while-holding.terminated.js:13), which keeps nothing alive.
// Findings: cut-off-while-holding “holder” at (terminate).
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'holder' });
  worker.once('message', () => {
    locks.request('db', () => console.log('main was given it'));
    setTimeout(() => worker.terminate(), 50); // terminate
  });
} else {
  locks.request('db', async () => {
    parentPort.postMessage('held');
    await new Promise((free) => setTimeout(free, 60_000));
  });
}
