// To be seen: main waits in Atomics.wait() for a worker that has failed. Main never hears of the error.
// Exit: signal.
// Threads: 1 error.
// Findings: deadlock “main” at (wait).
const { spawn } = require('node:child_process');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  new Worker(__filename, { name: 'reader', workerData: flag }).on('error', (error) => console.error(error));
  spawn('sh', ['-c', `sleep 6; kill -TERM ${process.pid}`], { detached: true, stdio: 'ignore' }).unref();
  Atomics.wait(flag, 0, 0); // wait
} else {
  require('node:fs').readFileSync('/no/such/file');
  Atomics.notify(workerData, 0);
}
