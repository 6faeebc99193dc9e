// The listener of the promise comes after unref(), and keeps the process alive until the answer is there.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
async function ask() {
  worker.unref();
  const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject).once('exit', reject));
  worker.postMessage(1);
  console.log(await answer);
}
ask();
