// To be seen: one worker's loop is all busy and the other's idle; both tell what keeps them; and the memory of both is
// known where Node tells it.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const net = require('node:net');

if (isMainThread) {
  for (const kind of ['busy', 'idle']) {
    const worker = new Worker(__filename, { workerData: kind });
    setTimeout(() => worker.postMessage('end'), 2000); // between two looks at what keeps the loops turning
  }
} else if (workerData === 'busy') {
  let over = false;
  parentPort.once('message', () => (over = true));
  const spin = () => {
    const end = Date.now() + 20;
    while (Date.now() < end);
    if (!over) setImmediate(spin);
  };
  spin();
} else {
  const server = net.createServer().listen(0, '127.0.0.1');
  parentPort.once('message', () => server.close());
}
