// A function starts it, and its parameter names the file.
// Findings: cut-off-while-writing.
const { Worker } = require('node:worker_threads');
const path = require('path');
const begin = (name, options) => new Worker(path.join(__dirname, `${name}.js`), { name, ...options });
const log = begin('writer');
const other = begin('quiet');
log.unref(); //! cut-off-while-writing
other.unref();
