// To be seen: main's loop was drained, but a signal came in its exit handler: that ended all threads.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'daemon' });
worker.once('online', () => worker.unref());
process.on('exit', () => process.kill(process.pid, 'SIGKILL'));
