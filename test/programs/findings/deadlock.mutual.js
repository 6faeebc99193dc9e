// To be seen: two workers that each wait in Atomics.wait() for the other. To unref them would end the process.
// Exit: signal.
// Threads: 2 signal.
// Findings: deadlock “left” at (wait).
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const forks = new Int32Array(new SharedArrayBuffer(8));
  new Worker(__filename, { name: 'left', workerData: { forks, own: 0 } });
  setTimeout(() => new Worker(__filename, { name: 'right', workerData: { forks, own: 1 } }), 300);
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  const { forks, own } = workerData;
  Atomics.wait(forks, 1 - own, 0); // wait
  Atomics.store(forks, own, 1);
  Atomics.notify(forks, own);
}
