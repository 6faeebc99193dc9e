// To be seen: both threads only wait, but a native thread computes: the process would have ended by itself.
// Exit: signal.
// Threads: 1 signal.
// Findings: none.
const { pbkdf2 } = require('node:crypto');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'hasher' });
  worker.on('message', () => worker.terminate());
  worker.postMessage('secret');
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.on('message', (secret) => {
    pbkdf2(secret, 'salt', 200_000_000, 64, 'sha512', () => parentPort.postMessage('done'));
  });
}
