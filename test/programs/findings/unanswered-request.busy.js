// To be seen: main awaits the second answer of a daemon that is busy with it. The first had come.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: unanswered-request “compiler” at (unref).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'compiler' });
  worker.once('message', () => {
    worker.on('message', () => console.log('never'));
    worker.unref(); // unref
    worker.postMessage(60_000);
    setTimeout(() => {}, 300);
  });
  worker.postMessage(0);
} else {
  parentPort.on('message', (ms) => {
    for (const end = Date.now() + ms; Date.now() < end; );
    parentPort.postMessage('done');
  });
}
