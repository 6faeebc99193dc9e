// In main, and calls that change nothing.
// Findings: none.
const { isMainThread } = require('node:worker_threads');
process.chdir('/');
if (!isMainThread) console.log(process.umask(), process.cwd());
