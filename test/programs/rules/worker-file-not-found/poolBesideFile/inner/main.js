// The script of a pool, which looks for it in the working directory.
// Findings: worker-file-not-found.
const Piscina = require('piscina');
const workerpool = require('workerpool');
new Piscina({ filename: './quiet.js' }); //! worker-file-not-found
workerpool.pool('./quiet.js').terminate(); //! worker-file-not-found
