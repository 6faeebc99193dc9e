// With a name, or with options that are not known.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./quiet.js'), { name: 'a' });
new Worker(require.resolve('./quiet.js'), options);
