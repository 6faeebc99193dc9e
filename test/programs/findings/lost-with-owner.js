// To be seen: "inner" has work of its own, and is killed when "outer", which started it, calls process.exit().
// Exit: returned.
// Threads: 1 exit-call, 1 owner-exit.
// Findings: lost-with-owner “inner” at (start).
const { Worker, isMainThread, threadId } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'outer' });
} else if (threadId === 1) {
  new Worker(__filename, { name: 'inner' }); // start
  setTimeout(() => process.exit(0), 2500);
} else {
  setInterval(() => {}, 100);
}
