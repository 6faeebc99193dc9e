const { Worker } = require('worker_threads');
new Worker(require.resolve('./busy.js'), { name: 'b' }); //! lost-with-owner
process.exit(0);
