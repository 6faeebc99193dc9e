// To be seen: main has its process go on with another program.
const { Worker, isMainThread } = require('node:worker_threads');

if (process.argv[2] === 'again') console.log('again');
else if (isMainThread) {
  new Worker(__filename, { name: 'journal' }).once('message', () => {
    process.execve(process.execPath, [process.execPath, __filename, 'again'], process.env); // goes on
  });
} else {
  require('node:worker_threads').parentPort.postMessage('runs');
  setInterval(() => {}, 1000);
}
