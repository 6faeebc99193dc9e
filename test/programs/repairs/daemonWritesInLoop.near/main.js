// A loop that ends when something else is so.
// Change: cut-off-while-writing in main.js: none.
const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./worker.js'), { name: 'log' });
log.unref();
