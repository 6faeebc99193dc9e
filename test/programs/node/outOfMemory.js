// To be seen: the worker reached its heap limit.
const { Worker } = require('node:worker_threads');

const worker = new Worker('const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length))', {
  eval: true,
  name: 'greedy',
  resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  stdout: true,
  stderr: true,
});
worker.on('error', (error) => console.log(error.code));
