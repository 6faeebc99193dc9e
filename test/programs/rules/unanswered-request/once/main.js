// By once() of events, and with then().
// Findings: unanswered-request.
const { once } = require('node:events');
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
const answer = once(worker, 'message');
worker.unref(); //! unanswered-request
worker.postMessage(1);
answer.then(([value]) => console.log(value));
