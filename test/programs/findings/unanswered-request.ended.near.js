// To be seen: main waits for a message or for the end, whatever comes first; of the other worker it wants no answer.
// Exit: returned.
// Threads: 2 returned.
// Findings: none.
const { once } = require('node:events');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

async function main() {
  const compiler = new Worker(__filename, { name: 'compiler', workerData: 'nothing to compile' });
  new Worker(__filename, { name: 'watcher', workerData: 'speaks' }).on('message', (text) => console.log(text));
  const [css] = await Promise.race([once(compiler, 'message'), once(compiler, 'exit')]);
  console.log('compiled:', css);
}

if (isMainThread) void main();
else if (workerData === 'speaks') parentPort.postMessage('changed');
