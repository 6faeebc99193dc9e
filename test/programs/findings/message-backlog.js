// To be seen: main posts a thousand messages a second for five seconds, and the worker takes about a hundred.
// Exit: exit-call.
// Threads: 1 terminate.
// Findings: message-backlog “slow” at (start).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'slow' }); // start
  const posts = setInterval(() => {
    for (let i = 0; i < 20; i++) worker.postMessage(i);
  }, 20);
  setTimeout(() => clearInterval(posts), 5000);
  setTimeout(() => void worker.terminate().then(() => process.exit(0)), 6500);
} else {
  parentPort.on('message', () => {
    for (const end = performance.now() + 10; performance.now() < end; );
  });
}
