// To be seen: one burst of messages, which is worked off in some seconds.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const MESSAGES = 2000;
if (isMainThread) {
  const worker = new Worker(__filename, { name: 'slow' });
  for (let i = 0; i < MESSAGES; i++) worker.postMessage(i);
} else {
  let heard = 0;
  parentPort.on('message', () => {
    for (const end = performance.now() + 2; performance.now() < end; );
    if (++heard === MESSAGES) parentPort.close();
  });
}
