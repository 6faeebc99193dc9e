// To be seen: main waits in Atomics.wait() for a worker, which waits for an answer that main cannot give meanwhile.
// Exit: signal.
// Threads: 1 signal.
// Findings: deadlock “main” at (wait).
// Findings: unread-messages “asker” at (start).
const { spawn } = require('node:child_process');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, { name: 'asker', workerData: flag }); // start
  worker.on('message', (question) => worker.postMessage(`the answer to ${question}`));
  spawn('sh', ['-c', `sleep 7; kill -TERM ${process.pid}`], { detached: true, stdio: 'ignore' }).unref();
  worker.once('online', () => Atomics.wait(flag, 0, 0)); // wait
} else {
  parentPort.once('message', () => Atomics.notify(workerData, 0));
  setTimeout(() => parentPort.postMessage('a question'), 500);
}
