// A worker of a worker: takes its time, answers, and is done.
'use strict';
const { parentPort, workerData } = require('node:worker_threads');

setTimeout(() => parentPort.postMessage(workerData.length / 4), 1200);
