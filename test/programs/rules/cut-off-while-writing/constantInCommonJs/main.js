// A constant of a CommonJS module names the script.
// Findings: cut-off-while-writing.
const { Worker } = require('node:worker_threads');
const { writer } = require('./paths');
const log = new Worker(writer, { name: 'a' });
log.unref(); //! cut-off-while-writing
