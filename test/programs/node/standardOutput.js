// To be seen: a worker of whose output main has taken none when it exits: 1000 bytes are on their way, and are counted once.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: none.
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const written = new Int32Array(new SharedArrayBuffer(8));
  new Worker(__filename, { name: 'writer', workerData: written });
  setTimeout(() => {
    Atomics.wait(written, 0, 0);
    process.exit();
  });
} else {
  process.stdout.write('a'.repeat(999) + '\n');
  Atomics.store(workerData, 0, 1);
  Atomics.notify(workerData, 0);
  Atomics.wait(workerData, 1, 0);
}
