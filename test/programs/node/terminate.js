// To be seen: the worker was terminated by main, by the line that is marked; its inner ref() is no flip.
// Exit: returned.
// Threads: 1 terminate (daemon).
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('for (;;);', { eval: true, name: 'stuck' });
worker.on('online', async () => {
  worker.unref();
  const code = await worker.terminate(); // terminates
  console.log('terminated with', code);
});
