// A loop without an end in a function.
// Findings: unresponsive-worker.
const { parentPort } = require('worker_threads');
const spin = () => {
  while (true) parentPort.postMessage(1); //! unresponsive-worker
};
spin();
