// A message of the worker is awaited.
// Findings: none.
const { Worker } = require('node:worker_threads');
const { once } = require('events');
async function run() {
  const worker = new Worker(require.resolve('./busy.js'), { name: 'a' });
  await once(worker, 'message');
  process.exit(0);
}
