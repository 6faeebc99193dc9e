// Prints µs for a task of a worker that is ref'd for each task and unref'd when it is done, as pools do.
'use strict';
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const TASKS = 20_000;
const WARM_UP = 2_000;
if (isMainThread) {
  const worker = new Worker(__filename);
  let tasks = 0;
  let started;
  const next = () => {
    worker.ref();
    worker.postMessage(tasks);
  };
  worker.on('message', () => {
    worker.unref();
    tasks++;
    if (tasks === WARM_UP) started = performance.now();
    if (tasks < TASKS) next();
    else console.log(((performance.now() - started) * 1000) / (TASKS - WARM_UP));
  });
  next();
} else parentPort.on('message', (message) => parentPort.postMessage(message));
