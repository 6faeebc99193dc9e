// To be seen: an unref'd worker of which main reads the output keeps the process alive all the same.
const { Worker } = require('node:worker_threads');

const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'quiet', stdout: true });
worker.stdout.on('data', () => {});
worker.unref();
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3000).unref();
