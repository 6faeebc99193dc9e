// A loop without an end in a string.
// Findings: unresponsive-worker.
const { Worker } = require('node:worker_threads');
new Worker('for (;;);', { eval: true, name: 'a' }); //! unresponsive-worker
