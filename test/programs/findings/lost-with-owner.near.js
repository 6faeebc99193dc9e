// To be seen: "inner" only waits for messages when "outer", which started it, calls process.exit().
// Exit: returned.
// Threads: 1 exit-call, 1 owner-exit.
// Findings: none.
const { Worker, isMainThread, parentPort, threadId } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'outer' });
} else if (threadId === 1) {
  new Worker(__filename, { name: 'inner' });
  setTimeout(() => process.exit(0), 2500);
} else {
  parentPort.on('message', () => {});
}
