// A function that is called in a loop.
// Findings: thread-churn.
const { Worker } = require('node:worker_threads');
const run = (file) => new Promise((resolve, reject) => {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' }); //! thread-churn
  worker.on('error', reject);
  worker.on('exit', resolve);
});
async function all(files) {
  for (const file of files) await run(file);
}
