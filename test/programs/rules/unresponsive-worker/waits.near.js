// It waits, it ends, or it is in main.
// Findings: none.
const { isMainThread, workerData } = require('node:worker_threads');
if (isMainThread) {
  for (;;);
} else {
  (async () => {
    for (;;) await new Promise(setImmediate);
  })();
  while (true) {
    if (Math.random() > 0.5) break;
  }
  while (true) Atomics.wait(workerData, 0, 0);
}
