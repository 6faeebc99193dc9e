// It answers, so main may wait for that.
// Findings: none.
const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./writer.js'), { name: 'a' });
log.unref();
log.postMessage('a');
