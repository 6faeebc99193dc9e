// A worker started by a worker: it takes its time, answers, and ends.
'use strict';
const { parentPort, workerData } = require('node:worker_threads');

setTimeout(() => parentPort.postMessage(workerData.length / 4), 1200);
