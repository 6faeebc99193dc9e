// It becomes a daemon once the answer is there.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
async function ask() {
  const answer = new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject).on('exit', reject));
  worker.postMessage(1);
  console.log(await answer);
  worker.unref();
}
ask();
