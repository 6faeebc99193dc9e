// To be seen: a process that the system ends for an invalid memory access, right after one of its threads was terminated.
// Exit: crash.
// Threads: 1 crash, 1 terminate.
// Findings: crash “watcher” at (terminate).
const { Worker } = require('node:worker_threads');

const watcher = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'watcher' });
const other = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'other' });
other.once('online', () => {
  watcher.terminate().then(() => process.kill(process.pid, 'SIGSEGV')); // terminate
});
