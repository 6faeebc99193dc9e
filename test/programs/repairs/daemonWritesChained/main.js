// A daemon that has no name.
// Change: cut-off-while-writing in main.js: Remove unref().
// After: exit code 0, and "1\n2\n3\n4\n5\n"
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./worker.js'), { name: 'log' }).on('error', console.error).unref();
