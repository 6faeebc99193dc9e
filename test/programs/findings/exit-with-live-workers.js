// To be seen: process.exit() in main kills a worker with work of its own, which would have kept the process alive.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: exit-with-live-workers “ticker” at (exit).
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'ticker' });
  setTimeout(() => process.exit(0), 2500); // exit
} else {
  setInterval(() => {}, 100);
}
