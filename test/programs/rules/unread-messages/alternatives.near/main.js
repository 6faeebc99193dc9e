// Either posts or exits.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
if (process.argv[2] === 'go') worker.postMessage('go');
else process.exit(2);
