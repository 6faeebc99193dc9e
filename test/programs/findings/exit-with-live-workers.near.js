// To be seen: the worker that process.exit() kills has nothing to do: it only waits for messages.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'listener' });
  setTimeout(() => process.exit(0), 2500);
} else {
  parentPort.on('message', () => {});
}
