// To be seen: no worker for the call that threw; the second worker never ran its script, for there is none.
// Exit: returned.
// Threads: 1 error.
// Findings: worker-file-not-found “there-is-no-such-file.js” at (start).
const { Worker } = require('node:worker_threads');

try {
  new Worker('./relative-without-dot-is-refused', { execArgv: ['--no-such-option'] });
} catch (error) {
  console.log(error.code);
}
new Worker('./there-is-no-such-file.js').on('error', (error) => console.log(error.code)); // start
