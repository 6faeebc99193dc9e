// To be seen: main awaits the answer of a daemon that nothing waits for, and ends before the daemon has even started.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: unanswered-request “compiler” at (unref).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'compiler' });
  const answer = new Promise((resolve) => worker.on('message', resolve));
  worker.unref(); // unref
  worker.postMessage('a { b { color: red } }');
  answer.then((css) => console.log('compiled:', css));
} else {
  parentPort.on('message', (source) => parentPort.postMessage(source.replaceAll(' ', '')));
}
