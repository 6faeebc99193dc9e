// To be seen: main awaits the answer of a daemon that waits until somebody takes what it wrote to a socket.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: unanswered-request “sender” at (unref).
const net = require('node:net');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'sender' });
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    socket.unref();
    setTimeout(() => server.close(), 700);
  });
  worker.once('online', () => {
    worker.on('message', () => console.log('never'));
    worker.unref(); // unref
    server.listen(0, () => worker.postMessage(server.address().port));
  });
} else {
  parentPort.on('message', (port) => {
    const socket = net.connect(port);
    socket.write(Buffer.alloc(1e8), () => parentPort.postMessage('written'));
  });
}
