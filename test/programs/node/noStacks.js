// To be seen: a worker that returned. The program wants no stacks, so on Node 20 the line that started it is unknown.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker } = require('node:worker_threads');

delete Error.stackTraceLimit;
new Worker('0', { eval: true, name: 'unknown line' });
console.log(Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit'));
