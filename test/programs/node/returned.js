// To be seen: the worker returned; main returned after it; nothing was cut off.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker } = require('node:worker_threads');

new Worker("console.log('worker is done')", { eval: true, name: 'tidy' });
