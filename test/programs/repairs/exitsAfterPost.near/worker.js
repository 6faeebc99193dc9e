const fs = require('node:fs');
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (text) => {
  fs.appendFileSync('out.log', `${text}\n`);
  if (text === 'flush') parentPort.postMessage('saved');
});
