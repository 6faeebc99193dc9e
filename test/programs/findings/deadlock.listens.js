// To be seen: main asks a port for the answer of a worker, again and again, and the worker waits for a question that main has
// not posted.
// Exit: signal.
// Threads: 1 signal.
// Findings: deadlock “main” at (asks).
const { spawn } = require('node:child_process');
const { MessageChannel, Worker, isMainThread, parentPort, receiveMessageOnPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(__filename, { workerData: port2, transferList: [port2] });
  spawn('sh', ['-c', `sleep 8; kill -TERM ${process.pid}`], { detached: true, stdio: 'ignore' }).unref();
  worker.once('online', () => {
    while (!receiveMessageOnPort(port1)); // asks
    worker.postMessage('a question');
  });
} else parentPort.on('message', (question) => workerData.postMessage(`the answer to ${question}`));
