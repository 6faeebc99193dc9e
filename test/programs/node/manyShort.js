// To be seen: 200 workers, each returned; nothing was cut off.
// Exit: returned.
// Threads: 200 returned.
// Findings: thread-churn at (start).
const { Worker } = require('node:worker_threads');

const COUNT = 200;
const AT_ONCE = 8;
let started = 0;
const startNext = () => {
  if (started < COUNT) new Worker('0', { eval: true, name: `short ${started++}` }).once('exit', startNext); // start
};
for (let i = 0; i < AT_ONCE; i++) startNext();
process.on('exit', () => console.log('started', started));
