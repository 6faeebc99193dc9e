// It writes what it is sent, and never answers.
// Findings: cut-off-while-writing.
const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./writer.js'), { name: 'a' });
log.unref(); //! cut-off-while-writing
log.postMessage('a');
