// Constants of modules that name each other, or nothing.
// Findings: none.
const { Worker } = require('node:worker_threads');
const { one } = require('./a');
new Worker(one, { name: 'a' }).unref();
new Worker(require('./gone').two, { name: 'b' }).unref();
