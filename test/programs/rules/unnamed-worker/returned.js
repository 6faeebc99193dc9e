// Returned by the module, where nobody gets it.
// Findings: unnamed-worker.
const { Worker, isMainThread } = require('node:worker_threads');
if (isMainThread) return new Worker(__filename); //! unnamed-worker
