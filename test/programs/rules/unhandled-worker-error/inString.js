// The script is in a string and throws.
// Findings: unhandled-worker-error.
const { Worker } = require('node:worker_threads');
new Worker('throw new Error("no")', { eval: true, name: 'a' }); //! unhandled-worker-error
new Worker(`${unknown}`, { eval: true, name: 'a' });
