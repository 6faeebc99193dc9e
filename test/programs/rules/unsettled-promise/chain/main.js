// On a chain of calls, and with an executor that cannot reject.
// Findings: unsettled-promise.
const { Worker } = require('node:worker_threads');
const run = () =>
  new Promise((resolve, reject) => {
    new Worker(require.resolve('./quiet.js'), { name: 'a' }).once('message', resolve).once('online', console.log); //! unsettled-promise
  });
const other = () => new Promise((resolve) => void new Worker(require.resolve('./quiet.js'), { name: 'a' }).once('message', resolve)); //! unsettled-promise
