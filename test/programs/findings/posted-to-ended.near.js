// To be seen: a worker that is told to end when it has ended by itself: nothing is lost.
// Exit: returned.
// Threads: 1 returned.
// Notes: 1 message that main posted to “resizer” went nowhere: it had ended before (posted at posted-to-ended.near.js:10).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'resizer' });
  worker.postMessage('a.png');
  worker.on('exit', () => worker.postMessage('finish'));
} else {
  parentPort.once('message', () => parentPort.postMessage('done'));
}
