// By events.once(), which rejects.
// Findings: none.
const { Worker } = require('node:worker_threads');
const { once } = require('events');
const worker = new Worker(require.resolve('./thrower.js'), { name: 'a' });
once(worker, 'exit');
