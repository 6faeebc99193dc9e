// To be seen: main is done, and the worker waits for messages that nobody will send.
// Exit: signal.
// Threads: 1 signal.
// Findings: held-by-worker “layout” at (start).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'layout' }); // start
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.on('message', () => {});
}
