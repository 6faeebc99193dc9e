// In a worker.
// Findings: signal-in-worker.
const { parentPort } = require('worker_threads');
process.on('SIGTERM', () => parentPort.close()); //! signal-in-worker
