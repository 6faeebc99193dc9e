const fs = require('node:fs');
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (text) => {
  fs.appendFileSync('out.log', `${text}\n`);
  parentPort.postMessage('saved');
});
