// There is no such file.
// Findings: worker-file-not-found.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./no.js'), { name: 'a' }); //! worker-file-not-found
new Worker('./no.js', { name: 'a' }); //! worker-file-not-found
