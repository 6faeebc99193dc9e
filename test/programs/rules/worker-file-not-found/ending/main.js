// Without its extension, which only require.resolve() adds.
// Findings: worker-file-not-found.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./quiet'), { name: 'a' });
const path = require('path');
new Worker(path.join(__dirname, 'quiet'), { name: 'a' }); //! worker-file-not-found
