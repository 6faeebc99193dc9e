// A daemon that writes on its own.
// Findings: cut-off-while-writing.
const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./writer.js'), { name: 'a' });
log.unref(); //! cut-off-while-writing
