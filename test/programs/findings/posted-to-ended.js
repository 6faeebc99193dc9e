// To be seen: jobs that go on being posted to a worker that has ended.
// Exit: returned.
// Threads: 1 returned.
// Findings: posted-to-ended “resizer” at (post).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'resizer' });
  const resize = (picture) => worker.postMessage(picture); // post
  resize('a.png');
  worker.on('message', () => console.log('resized'));
  worker.on('exit', () => {
    for (const picture of ['b.png', 'c.png']) resize(picture);
  });
} else {
  parentPort.once('message', () => parentPort.postMessage('done'));
}
