// To be seen: main and a worker end with an exit code that they chose, which is the one of a module that awaits for ever.
// Exit: returned, code 13.
// Threads: 1 returned.
// Findings: none.
const { Worker } = require('node:worker_threads');

new Worker('process.exitCode = 13', { eval: true });
process.exitCode = 13;
