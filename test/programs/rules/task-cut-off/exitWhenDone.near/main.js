// process.exit() comes when the task is done.
// Findings: none.
const workerpool = require('workerpool');
const pool = workerpool.pool('./quiet.js');
async function quit() {
  const saved = pool.exec('save', []);
  await saved;
  process.exit(0);
}
function later() {
  pool.exec('save', []).then(() => process.exit(0));
}
pool.terminate();
