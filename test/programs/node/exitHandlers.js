// To be seen: the worker was killed with main, but not before main's exit handlers had run; the exit code is theirs.
// Exit: returned, code 9.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 10)', { eval: true, name: 'busy' });
process.on('exit', (code) => {
  const end = Date.now() + 100;
  while (Date.now() < end);
  console.log('exit handler ran with', code);
  process.exitCode = 9;
});
worker.once('online', () => worker.unref());
