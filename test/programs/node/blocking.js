// To be seen: main waited in two synchronous child processes, and once for at most 50 ms in Atomics.wait; it took one
// message off a port by itself; and its loop was held up for a second and more, whenever the probe would have looked.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { spawnSync } = require('node:child_process');
const { MessageChannel, Worker, receiveMessageOnPort } = require('node:worker_threads');

const worker = new Worker('require("node:worker_threads").parentPort.once("message", () => {})', { eval: true });
for (let i = 0; i < 2; i++) spawnSync(process.execPath, ['--version'], { env: {} });
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
const { port1, port2 } = new MessageChannel();
port1.postMessage('hello');
console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2));
setTimeout(() => {
  const end = Date.now() + 1500;
  while (Date.now() < end);
  setTimeout(() => worker.postMessage('end'), 100);
}, 100);
