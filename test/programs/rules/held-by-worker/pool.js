// A pool that is never ended.
// Findings: held-by-worker.
const workerpool = require('workerpool');
const pool = workerpool.pool(); //! held-by-worker
pool.exec('add', [1, 2]).then(console.log);
