// The answer is awaited, and nothing keeps the process alive until it comes.
// Findings: unanswered-request.
const { Worker } = require('node:worker_threads');
async function build() {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
  const answer = new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject).on('exit', reject));
  worker.unref(); //! unanswered-request
  worker.postMessage('a { b { color: red } }');
  console.log(await answer);
}
build();
