// To be seen: a worker whose module awaits what nothing will do. It ends with code 13.
// Exit: returned.
// Threads: 1 returned.
// Findings: unsettled-await “data: URL” at (start).
const { Worker } = require('node:worker_threads');

const worker = new Worker(new URL('data:text/javascript,await new Promise(() => {})')); // start
worker.on('exit', (code) => console.log(code));
