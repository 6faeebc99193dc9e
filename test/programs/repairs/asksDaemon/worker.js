const { parentPort } = require('node:worker_threads');
parentPort.on('message', (text) => parentPort.postMessage(text.toUpperCase()));
