// To be seen: a result that is nested deeper than main’s stack can follow. It is lost without a word.
// Exit: returned.
// Threads: 1 returned.
// Findings: broken-message “main” at (post).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'parser' });
  worker.on('message', (tree) => console.log('got', typeof tree));
} else {
  let tree = {};
  for (let depth = 0; depth < 5000; depth++) tree = { tree };
  parentPort.postMessage(tree); // post
  parentPort.postMessage('done');
}
