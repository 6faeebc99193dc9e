// To be seen: main awaits an answer, and the worker ends without one, as it takes the request for something else.
// Exit: returned.
// Threads: 1 returned.
// Findings: unanswered-request “compiler” at (start).
const { once } = require('node:events');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

async function main() {
  const worker = new Worker(__filename, { name: 'compiler' }); // start
  worker.postMessage({ sources: ['a { b { color: red } }'] });
  const [css] = await once(worker, 'message');
  console.log('compiled:', css);
}

if (isMainThread) void main();
else
  parentPort.once('message', ({ source }) => {
    if (source) parentPort.postMessage(source.replaceAll(' ', ''));
  });
