const { Worker } = require('worker_threads');
new Worker(require.resolve('./listener.js'), { name: 'l' });
process.exit(0);
