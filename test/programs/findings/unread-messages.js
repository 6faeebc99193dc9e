// To be seen: the daemon takes the first message and is long about it; the other four are never taken.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: unread-messages “reader” at (unref).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'reader' });
  worker.once('online', () => {
    worker.unref(); // unref
    for (let i = 0; i < 5; i++) worker.postMessage(i);
    setTimeout(() => {}, 700);
  });
} else {
  parentPort.on('message', () => {
    for (const end = Date.now() + 10_000; Date.now() < end; );
  });
}
