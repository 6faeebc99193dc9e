// A loop without an end.
// Findings: unresponsive-worker.
const { parentPort } = require('worker_threads');
for (;;) parentPort.postMessage(1); //! unresponsive-worker
