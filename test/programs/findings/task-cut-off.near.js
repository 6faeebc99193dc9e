// To be seen: three threads of one line have answered all that they were asked, and are cut off while they wait for more.
// Exit: returned.
// Threads: 3 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  for (const rounds of [1, 2, 3]) {
    const worker = new Worker(__filename, { name: `${rounds} rounds` });
    worker.on('message', () => {});
    worker.postMessage(rounds);
    worker.unref();
  }
  setTimeout(() => {}, 1500);
} else {
  parentPort.on('message', (rounds) => {
    for (let i = 0; i < rounds; i++);
    parentPort.postMessage(rounds);
  });
}
