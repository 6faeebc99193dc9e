// To be seen: a daemon that holds a lock for as long as it lives, as a sign that it does, and waits for messages.
// Since: Node 24.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'leader' });
  worker.once('message', () => {
    setTimeout(() => console.log('main is done'), 800);
    worker.unref();
  });
} else {
  parentPort.on('message', () => {});
  locks.request('leader', () => (parentPort.postMessage('held'), new Promise(() => {})));
}
