// With once(), and with onmessage.
// Findings: unref-undone.
const { Worker } = require('node:worker_threads');
function one() {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
  worker.unref();
  worker.once('message', () => {}); //! unref-undone
}
function two() {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
  worker.unref();
  worker.onmessage = () => {}; //! unref-undone
}
