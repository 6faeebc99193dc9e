// To be seen: the worker is a daemon and is killed with main, whose loop drains.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'daemon' });
worker.once('online', () => worker.unref());
