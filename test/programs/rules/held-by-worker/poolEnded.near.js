// The pool is ended.
// Findings: none.
const workerpool = require('workerpool');
const pool = workerpool.pool();
pool.exec('add', [1, 2]).then(() => pool.terminate());
