// To be seen: main ended by an error that has its name and message from getters, a DataCloneError, with the program's line; the
// worker was idle (nodejs/node#25786).
// Exit: error, code 1.
// Threads: 1 main-exit.
// Findings: none.
const { Worker, isMainThread, MessageChannel, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'echo' }).on('error', (error) => console.error(error));
  const { port2 } = new MessageChannel();
  worker.once('message', () => worker.postMessage(port2, [port2, port2]));
} else {
  parentPort.on('message', (port) => port.postMessage('hello'));
  parentPort.postMessage('ready');
}
