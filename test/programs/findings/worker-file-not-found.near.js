// To be seen: the script of the worker is there; what it wants to load is not.
// Exit: returned.
// Threads: 1 error.
// Findings: none.
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) new Worker(__filename, { name: 'wants more' }).on('error', (error) => console.log(error.code));
else require('./there-is-no-such-module.js');
