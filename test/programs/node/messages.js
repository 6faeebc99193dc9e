// To be seen: the worker heard two messages before it began to wait for ever, and never the three that came then; of its
// two, main heard one, and one came before main listened.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: unread-messages “slow” at (main exits).
const { Worker, isMainThread, parentPort, workerData: posted } = require('node:worker_threads');

if (isMainThread) {
  const posted = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, { name: 'slow', workerData: posted });
  worker.postMessage(1);
  const listen = () => {
    worker.on('message', () => {
      for (const n of [3, 4, 5]) worker.postMessage(n);
      process.exit(0); // main exits
    });
    worker.postMessage(2);
  };
  const look = () => {
    // It was posted before, so one turn of the loop later it has come.
    if (Atomics.load(posted, 0)) setImmediate(() => setImmediate(listen));
    else setTimeout(look, 1);
  };
  look();
} else {
  parentPort.on('message', (n) => {
    parentPort.postMessage(n === 1 ? 'to nobody' : 'waits');
    Atomics.store(posted, 0, 1);
    if (n === 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
}
