// To be seen: no error: main's handler took it, and main returned.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { Worker } = require('node:worker_threads');

process.on('uncaughtException', (error) => console.log('handled:', error.message));
new Worker('0', { eval: true, name: 'quick' }).once('exit', () => {
  throw new Error('a small thing');
});
