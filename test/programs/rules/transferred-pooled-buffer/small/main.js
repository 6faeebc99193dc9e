// The memory of a small buffer.
// Findings: transferred-pooled-buffer.
const { Worker } = require('node:worker_threads');
const line = Buffer.from('a line');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.postMessage(line, [line.buffer]); //! transferred-pooled-buffer
