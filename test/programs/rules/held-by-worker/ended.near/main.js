// It is terminated, unref’d, asked, or exported.
// Findings: none.
const { Worker } = require('node:worker_threads');
const one = new Worker(require.resolve('./listener.js'), { name: 'a' });
setTimeout(() => one.terminate(), 100);
new Worker(require.resolve('./listener.js'), { name: 'a' }).unref();
new Worker(require.resolve('./listener.js'), { name: 'a' }).postMessage('end');
module.exports = new Worker(require.resolve('./listener.js'), { name: 'a' });
