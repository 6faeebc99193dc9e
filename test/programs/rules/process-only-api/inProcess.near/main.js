// In the script of a pool of processes.
// Findings: none.
const { Worker } = require('jest-worker');
new Worker(require.resolve('./task.js')).end();
