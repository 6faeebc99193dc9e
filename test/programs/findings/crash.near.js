// To be seen: a process that is killed from outside, right after one of its threads was terminated.
// Exit: signal.
// Threads: 1 signal, 1 terminate.
// Findings: none.
const { Worker } = require('node:worker_threads');

const watcher = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'watcher' });
const other = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'other' });
other.once('online', () => {
  watcher.terminate().then(() => process.kill(process.pid, 'SIGKILL'));
});
