// To be seen: the worker reached its heap limit.
// Exit: returned.
// Threads: 1 out-of-memory.
// Findings: out-of-memory “greedy” at (start).
const { Worker } = require('node:worker_threads');

const worker = new Worker('const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length))', { // start
  eval: true,
  name: 'greedy',
  resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  stdout: true,
  stderr: true,
});
worker.on('error', (error) => console.log(error.code));
