// In main, and for another event.
// Findings: none.
const { isMainThread } = require('node:worker_threads');
if (isMainThread) process.on('SIGTERM', () => process.exit());
else process.on('exit', () => {});
