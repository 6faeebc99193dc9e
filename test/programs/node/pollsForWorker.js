// To be seen: main asks a port for a message again and again, without turning its loop, until the process is killed. The worker
// waits for messages, and main can send none meanwhile.
const { MessageChannel, Worker, receiveMessageOnPort } = require('node:worker_threads');

const { port1, port2 } = new MessageChannel();
const code = `
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.on('message', (question) => workerData.postMessage(question));
`;
const worker = new Worker(code, { eval: true, name: 'answers', workerData: port2, transferList: [port2] });
worker.once('online', () => {
  const kill = new Worker('setTimeout(() => process.kill(process.pid, "SIGKILL"), 4000)', { eval: true });
  kill.once('online', () => {
    while (!receiveMessageOnPort(port1)); // asks
  });
});
