// To be seen: a worker that asks for a lock which main never gives back. A request for a lock keeps nothing alive.
// Since: Node 24.
// Exit: returned.
// Threads: 1 returned.
// Findings: unsettled-await “indexer” at (ask).
const { Worker, isMainThread, parentPort, locks } = require('node:worker_threads');

if (isMainThread) {
  const forEver = new Promise(() => {});
  void locks?.request('index', () => {
    const worker = new Worker(__filename, { name: 'indexer' });
    worker.on('exit', (code) => console.log('indexer ended with', code));
    return forEver;
  });
} else {
  const asked = locks.request('index', () => console.log('indexed')); // ask
  void asked.then(() => parentPort.postMessage('done'));
}
