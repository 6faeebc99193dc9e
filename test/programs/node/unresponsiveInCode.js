// To be seen: a daemon is in sort(), which handle() called, without a turn of its loop until main is done. Before that it is
// said to be in handle() or below: of a function that began to run long ago the profiler does not know.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: unresponsive-worker “sorter” at (start).
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'sorter' }).unref(); // start
  setTimeout(() => {}, 7000);
} else setTimeout(handle, 100);

function handle() { // handle
  sort();
}

function sort() {
  let sum = 0;
  for (;;) sum += Math.sqrt(sum + 1);
}
