// To be seen: the worker reached its heap limit, and main heard of it.
// Exit: returned.
// Threads: 1 out-of-memory.
// Findings: out-of-memory “hoarder” at (start).
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };
  const worker = new Worker(__filename, { name: 'hoarder', resourceLimits }); // start
  worker.on('error', (error) => console.log(error.code));
} else {
  const kept = [];
  for (;;) kept.push(new Array(1000).fill(kept.length));
}
