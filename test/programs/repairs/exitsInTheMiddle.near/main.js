// What comes after the exit would run before it.
// Change: exit-with-live-workers in main.js: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'worker' });
worker.on('error', console.error);
process.exit(3);
console.log('never');
