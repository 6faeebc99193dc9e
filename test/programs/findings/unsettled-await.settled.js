// To be seen: a worker that waits by Atomics.waitAsync() for main, which keeps it alive until then; and one that goes on
// meanwhile, and never hears the sign to give up.
// Exit: returned.
// Threads: 2 returned.
// Notes: “counter” ended by itself while it still waited for Atomics.waitAsync() (unsettled-await.settled.js:22), which keeps nothing alive.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  for (const name of ['indexer', 'counter']) {
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(__filename, { name, workerData: { gate, name } });
    worker.on('message', (text) => {
      console.log(text);
      if (text !== 'ready') return;
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
    });
  }
} else if (workerData.name === 'indexer') {
  void indexed();
} else {
  const sign = Atomics.waitAsync(workerData.gate, 0, 0).value;
  void sign.then(() => process.exit());
  setTimeout(() => parentPort.postMessage('counted'), 50);
}

async function indexed() {
  const opened = Atomics.waitAsync(workerData.gate, 0, 0).value;
  const alive = setInterval(() => {}, 1000);
  parentPort.postMessage('ready');
  await opened;
  clearInterval(alive);
  parentPort.postMessage('indexed');
}
