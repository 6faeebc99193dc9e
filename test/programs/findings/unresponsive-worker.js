// To be seen: the worker computes without a turn of its loop until main is done.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: unresponsive-worker “spinner” at (start).
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'spinner' }).unref(); // start
  setTimeout(() => {}, 6000);
} else {
  for (;;);
}
