// To be seen: process.exit() while a daemon runs for long in JavaScript, which can be interrupted.
// Exit: exit-call.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'reader' });
  worker.once('message', () => process.exit(0));
  worker.unref();
  setTimeout(() => {}, 10_000);
} else {
  parentPort.postMessage('reading');
  for (const end = Date.now() + 60_000; Date.now() < end; );
}
