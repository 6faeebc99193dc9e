// A task that says that it runs, and never ends.
const { parentPort } = require('node:worker_threads');
module.exports = () => {
  parentPort.postMessage('runs');
  for (;;);
};
