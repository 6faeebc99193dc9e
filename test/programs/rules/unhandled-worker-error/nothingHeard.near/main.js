// None of its events has a listener, or all have, or unsettled-promise is reported instead.
// Findings: unsettled-promise.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./quiet.js'), { name: 'a' }).unref();
exports.run = () => new Promise((resolve, reject) => {
  new Worker(require.resolve('./quiet.js'), { name: 'a' }).on('message', resolve); //! unsettled-promise
});
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
worker.on('message', console.log).on('error', console.error);
