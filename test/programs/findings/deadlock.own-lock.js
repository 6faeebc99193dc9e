// To be seen: a worker that asks for a lock which it holds itself.
// Since: Node 24.
// Exit: signal.
// Threads: 1 signal.
// Findings: deadlock “writer” at (ask).
const { Worker, isMainThread, locks } = require('node:worker_threads');

if (isMainThread) {
  if (!locks) {
    console.log('this Node has no locks');
    process.exit();
  }
  new Worker(__filename, { name: 'writer' });
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000);
} else {
  setInterval(() => {}, 1000);
  const save = () => locks.request('file', () => {}); // ask
  void locks.request('file', async () => {
    await save();
  });
}
