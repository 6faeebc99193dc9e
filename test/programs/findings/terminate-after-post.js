// To be seen: three messages were posted right before terminate(), and none was taken.
// Exit: returned.
// Threads: 1 terminate.
// Findings: terminate-after-post “saver” at (terminate).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'saver' });
  worker.once('message', () => {
    for (const part of ['a', 'b', 'save']) worker.postMessage(part);
    worker.terminate(); // terminate
  });
} else {
  parentPort.on('message', () => {});
  parentPort.postMessage('ready');
  for (const end = Date.now() + 2_000; Date.now() < end; );
}
