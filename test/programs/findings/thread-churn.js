// To be seen: a new thread for each of forty small tasks.
// Exit: returned.
// Threads: 40 returned.
// Findings: thread-churn at (start).
const { Worker } = require('node:worker_threads');

let left = 40;
function next() {
  if (left-- <= 0) return;
  new Worker('1 + 1', { eval: true }).once('exit', next); // start
}
for (let i = 0; i < 4; i++) next();
