// To be seen: the worker ended by process.exit(3) in its own code; main by process.exit(4) when it heard of it.
// Exit: exit-call, code 4.
// Threads: 1 exit-call.
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker(`
  setImmediate(() => {
    process.exit(3); // worker exits
  });
`, { eval: true, name: 'exits' });
worker.on('exit', (code) => {
  console.log('worker ended with', code);
  process.exit(4); // main exits
});
