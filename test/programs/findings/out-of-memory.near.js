// To be seen: the worker has the same limit, and lets go of what it made.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };
  new Worker(__filename, { name: 'hoarder', resourceLimits });
} else {
  let kept = [];
  for (let i = 0; i < 20_000; i++) {
    kept.push(new Array(1000).fill(i));
    if (kept.length > 100) kept = [];
  }
}
