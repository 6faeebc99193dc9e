// The same where terminate() could be awaited.
// Findings: exit-with-live-workers.
const { Worker } = require('node:worker_threads');
async function quit() {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
  worker.on('exit', () => console.log('ended'));
  worker.terminate();
  process.exit(0); //! exit-with-live-workers
}
