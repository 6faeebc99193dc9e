// A daemon is asked, and main ends before its answer.
// Change: unanswered-request in main.js: Call unref() when the answer has come.
// After: exit code 0, and "SAVE\n"
const { Worker } = require('node:worker_threads');
async function ask(text) {
  const worker = new Worker(require.resolve('./worker.js'), { name: 'upper' });
  const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  worker.unref();
  worker.postMessage(text);
  const upper = await answer;
  console.log(upper);
}
ask('save');
