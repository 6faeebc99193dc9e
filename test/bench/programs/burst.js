// Prints ns for each of many messages that a worker posts without waiting.
'use strict';
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const MESSAGES = 200_000;
if (isMainThread) {
  const worker = new Worker(__filename);
  let count = 0;
  let started;
  worker.on('message', () => {
    if (count++ === 0) started = performance.now();
    if (count === MESSAGES) console.log(((performance.now() - started) * 1e6) / MESSAGES);
  });
} else for (let i = 0; i < MESSAGES; i++) parentPort.postMessage(i);
