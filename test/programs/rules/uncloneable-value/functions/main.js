// Functions, classes and symbols in what is posted.
// Findings: uncloneable-value.
const { Worker, parentPort } = require('node:worker_threads');
const log = () => {};
function done() {}
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: { on: [Symbol()] } }); //! uncloneable-value
worker.postMessage({ a: 1, log() {} }); //! uncloneable-value
worker.postMessage([done]); //! uncloneable-value
parentPort.postMessage(() => {}); //! uncloneable-value
