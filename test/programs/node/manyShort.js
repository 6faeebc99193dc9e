// To be seen: 100 workers, each returned; nothing was cut off.
// Exit: returned.
// Threads: 100 returned.
// Findings: thread-churn at (start).
const { Worker } = require('node:worker_threads');

const COUNT = 100;
const AT_ONCE = 8;
let started = 0;
const startNext = () => {
  if (started < COUNT) new Worker('0', { eval: true, name: `short ${started++}` }).once('exit', startNext); // start
};
for (let i = 0; i < AT_ONCE; i++) startNext();
process.on('exit', () => console.log('started', started));
