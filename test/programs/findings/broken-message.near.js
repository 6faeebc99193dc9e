// To be seen: results that are nested deeper than main’s stack can follow, of which main hears.
// Exit: returned.
// Threads: 1 returned.
// Notes: 1 message from “parser” could not be deserialized in main. There was a listener for "messageerror".
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'parser' });
  worker.on('message', (tree) => console.log('got', typeof tree));
  worker.on('messageerror', (error) => console.log('could not be read:', error.name));
} else {
  let tree = {};
  for (let depth = 0; depth < 5000; depth++) tree = { tree };
  parentPort.postMessage(tree);
  parentPort.postMessage('done');
}
