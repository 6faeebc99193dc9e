// To be seen: main asks a port for the answer of a worker, again and again, and the worker waits to be woken by main.
// Exit: signal.
// Threads: 1 signal.
// Findings: deadlock “main” at (asks).
const { spawn } = require('node:child_process');
const { MessageChannel, Worker, isMainThread, receiveMessageOnPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, { workerData: { flag, port: port2 }, transferList: [port2] });
  spawn('sh', ['-c', `sleep 8; kill -TERM ${process.pid}`], { detached: true, stdio: 'ignore' }).unref();
  worker.once('online', () => {
    while (!receiveMessageOnPort(port1)); // asks
    Atomics.notify(flag, 0);
  });
} else {
  Atomics.wait(workerData.flag, 0, 0);
  workerData.port.postMessage('an answer');
}
