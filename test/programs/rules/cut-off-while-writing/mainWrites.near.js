// What writes in the same file is main.
// Findings: none.
const { Worker, isMainThread } = require('node:worker_threads');
const fs = require('node:fs');
if (isMainThread) {
  new Worker(__filename, { name: 'a' }).unref();
  fs.writeFileSync('log', 'x');
} else {
  console.log('work');
}
