// It is beside the file, and not in the working directory.
// Findings: worker-file-not-found.
const { Worker } = require('node:worker_threads');
new Worker('./quiet.js', { name: 'a' }); //! worker-file-not-found
