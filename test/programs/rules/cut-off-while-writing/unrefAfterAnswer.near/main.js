// unref() is called after it has answered.
// Findings: none.
const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./writer.js'), { name: 'a' });
log.on('message', () => log.unref());
