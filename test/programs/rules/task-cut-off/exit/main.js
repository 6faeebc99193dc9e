// process.exit() comes first.
// Findings: task-cut-off.
const workerpool = require('workerpool');
const pool = workerpool.pool('./quiet.js');
function quit() {
  pool.exec('save', []).then(console.log); //! task-cut-off
  process.exit(0);
}
