// To be seen: two workers that each hold a lock and ask for that of the other.
// Since: Node 24.
// Exit: signal.
// Threads: 2 signal.
// Findings: deadlock “left” at (ask).
const { Worker, isMainThread, locks, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  if (!locks) {
    console.log('this Node has no locks');
    process.exit();
  }
  const start = (name, own, other) => new Worker(__filename, { name, workerData: { own, other } });
  const left = start('left', 'stock', 'orders');
  left.once('message', () => {
    const right = start('right', 'orders', 'stock');
    right.on('message', (text) => text === 'holds its own' && left.postMessage('ask'));
    left.once('message', () => right.postMessage('ask')); // the left one has asked by then
  });
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000);
} else {
  setInterval(() => {}, 1000); // they could do other things meanwhile
  void locks.request(workerData.own, async () => {
    parentPort.postMessage('holds its own');
    await new Promise((resolve) => parentPort.once('message', resolve));
    const asked = locks.request(workerData.other, () => {}); // ask
    parentPort.postMessage('asks');
    await asked;
  });
}
