// It is ref’d again.
// Findings: none.
const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./writer.js'), { name: 'a' });
log.unref();
log.ref();
