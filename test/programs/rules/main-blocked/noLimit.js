// Without a time limit.
// Findings: main-blocked.
const { isMainThread } = require('node:worker_threads');
if (isMainThread) {
  Atomics.wait(new Int32Array(4), 0, 0); //! main-blocked
}
