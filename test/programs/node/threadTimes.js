// To be seen: where the system does not tell what each thread has computed, and Node does, the worker has computed for at least
// a second, and main for less. `linux` as its argument: it is not asked for.
Object.defineProperty(process, 'platform', { value: process.argv[2] });
const { Worker } = require('node:worker_threads');

const code = `
  const { parentPort } = require('node:worker_threads');
  setInterval(() => {
    for (const end = Date.now() + 50; Date.now() < end; );
    const { user, system } = process.cpuUsage();
    if (user + system > 2e6) parentPort.postMessage('has computed');
  }, 1);
`;
const worker = new Worker(code, { eval: true, name: 'computes' });
worker.once('message', () => setTimeout(() => worker.terminate(), 2000));
