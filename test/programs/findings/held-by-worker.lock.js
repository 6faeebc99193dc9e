// To be seen: main waits for a lock that a worker holds and never gives back.
// Since: Node 24.
// Exit: signal.
// Threads: 1 signal.
// Findings: held-by-worker “holder” at (start).
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'holder' }); // start
  worker.once('message', () => locks.request('db', () => console.log('never'))); // asked
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.on('message', () => {});
  locks.request('db', () => (parentPort.postMessage('held'), new Promise(() => {}))); // held
}
