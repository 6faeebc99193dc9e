// To be seen: a channel between main and the worker, which got its port with workerData; three messages each way.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { MessageChannel, Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(__filename, { workerData: { port: port2 }, transferList: [port2] });
  let left = 3;
  port1.on('message', () => (--left > 0 ? port1.postMessage(left) : port1.close()));
  port1.postMessage(left);
  worker.on('exit', (code) => console.log(code));
} else {
  workerData.port.on('message', (n) => workerData.port.postMessage(n));
}
