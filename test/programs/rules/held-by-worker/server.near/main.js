// A server keeps the process alive anyway.
// Findings: none.
const { Worker } = require('node:worker_threads');
require('http').createServer().listen(80);
new Worker(require.resolve('./listener.js'), { name: 'a' });
