// A function that has the name of the class.
// Findings: none.
const { Worker } = require('node:worker_threads');
const make = function Worker(file) {
  return file ? new Worker(require.resolve('./quiet.js')) : {};
};
