// terminate() is awaited, or nobody listens for the end.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./listener.js'), { name: 'a' });
worker.on('exit', (code) => console.log('ended', code));
process.on('SIGINT', async () => {
  await worker.terminate();
  process.exit(1);
});
const other = new Worker(require.resolve('./listener.js'), { name: 'a' });
process.on('SIGTERM', () => {
  other.terminate();
  process.exit(1);
});
