// process.exit() comes before the end that terminate() begins.
// Findings: exit-with-live-workers.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./listener.js'), { name: 'a' });
worker.on('exit', (code) => console.log('ended', code));
process.on('SIGINT', () => {
  worker.terminate();
  process.exit(1); //! exit-with-live-workers
});
