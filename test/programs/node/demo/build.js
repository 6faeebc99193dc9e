// Starts a worker of its own and waits for its answer.
'use strict';
const path = require('node:path');
const { Worker, parentPort } = require('node:worker_threads');

const minify = new Worker(path.join(__dirname, 'minify.js'), { name: 'minify', workerData: 'a'.repeat(100_000) });
minify.on('error', console.error);
minify.on('message', (size) => parentPort.postMessage(size));
