// To be seen: all threads ended by SIGKILL.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'busy' });
worker.once('online', () => process.kill(process.pid, 'SIGKILL'));
