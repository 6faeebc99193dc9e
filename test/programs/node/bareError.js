// To be seen: the worker, which runs without the probe, ended by a RangeError: its owner tells of it, with the line.
// Exit: returned.
// Threads: 1 error.
// Findings: none.
const { Worker } = require('node:worker_threads');

const code = "throw new RangeError('far out')";
new Worker(code, { eval: true, env: {}, name: 'bare' }).on('error', (error) => console.log(error.message));
