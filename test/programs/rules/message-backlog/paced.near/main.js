// One burst, one message a tick, or answers.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
for (let i = 0; i < 20; i++) worker.postMessage(i);
setInterval(() => worker.postMessage('tick'), 1000);
const asked = new Worker(require.resolve('./quiet.js'), { name: 'a' });
asked.on('message', () => {});
setInterval(() => {
  for (let i = 0; i < 20; i++) asked.postMessage(i);
}, 20);
