// Prints µs for a message to a worker and back.
'use strict';
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const ROUNDS = 30_000;
const WARM_UP = 3_000;
if (isMainThread) {
  const worker = new Worker(__filename);
  let round = 0;
  let started;
  worker.on('message', (message) => {
    round++;
    if (round === WARM_UP) started = performance.now();
    if (round < ROUNDS) return worker.postMessage(message);
    console.log(((performance.now() - started) * 1000) / (ROUNDS - WARM_UP));
    worker.unref();
  });
  worker.postMessage({ text: 'ping' });
} else parentPort.on('message', (message) => parentPort.postMessage(message));
