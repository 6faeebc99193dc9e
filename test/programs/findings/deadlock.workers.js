// To be seen: a worker waits to be woken by another one, which listens for its first message. Main only waits.
// Exit: signal.
// Threads: 2 signal.
// Findings: deadlock “producer” at (wait).
const { MessageChannel, Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const start = (name, port) => new Worker(__filename, { name, workerData: { name, flag, port }, transferList: [port] });
  start('consumer', port1);
  const producer = start('producer', port2);
  producer.on('message', () => {});
  producer.once('online', () => {
    require('node:child_process')
      .spawn('sh', ['-c', `sleep 9; kill -TERM ${process.pid}`], { detached: true, stdio: 'ignore' })
      .unref();
  });
} else {
  const { name, flag, port } = workerData;
  if (name === 'consumer') port.on('message', () => Atomics.notify(flag, 0));
  else {
    Atomics.wait(flag, 0, 0); // wait
    port.postMessage('an item');
  }
}
