// To be seen: the same worker, but main has a server: someone may still come and ask.
// Exit: signal.
// Threads: 1 signal.
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  new Worker(__filename, { name: 'layout' });
  require('node:net').createServer().listen(0, '127.0.0.1');
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
} else {
  parentPort.on('message', () => {});
}
