// To be seen: a line that starts a new thread each time that one has failed, and all fail in the same way.
// Exit: returned.
// Threads: 40 error.
// Findings: restart-loop at (fails).
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  let left = 40;
  const start = () => {
    const worker = new Worker(__filename, { name: 'job' }); // start
    worker.on('error', () => {});
    worker.on('exit', () => --left > 0 && start());
  };
  start();
} else {
  throw new Error('ENOCONFIG'); // fails
}
