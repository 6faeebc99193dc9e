// To be seen: main waits for a lock that a worker holds, which is at work. On Ctrl+C both ends are told.
// Since: Node 24.
// Exit: signal.
// Threads: 1 signal.
// Findings: none.
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'holder' });
  worker.on('message', async () => {
    setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1500);
    await locks.request('db', () => console.log('never')); // asked
  });
} else {
  setInterval(() => {}, 1000);
  locks.request('db', () => (parentPort.postMessage('held'), new Promise(() => {}))); // held
}
