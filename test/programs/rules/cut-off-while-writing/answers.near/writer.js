const { parentPort } = require('worker_threads');
const fs = require('fs');
parentPort.on('message', (line) => fs.appendFile('log', line, () => parentPort.postMessage('written')));
