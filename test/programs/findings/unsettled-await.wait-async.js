// To be seen: a worker that waits by Atomics.waitAsync(), which keeps nothing alive: it ends, and what was to follow does not run.
// Exit: returned.
// Threads: 1 returned.
// Findings: unsettled-await “indexer” at (wait).
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, { name: 'indexer', workerData: gate });
  worker.on('exit', (code) => console.log('indexer ended with', code));
} else {
  void indexed();
}

async function indexed() {
  await Atomics.waitAsync(workerData, 0, 0).value; // wait
  console.log('indexed');
}
