// To be seen: "inner" was killed with its owner "outer", which called process.exit; main returned later.
// Exit: returned.
// Threads: 1 exit-call, 1 owner-exit.
// Findings: none.
const { Worker } = require('node:worker_threads');

const outer = `
  const { Worker } = require('node:worker_threads');
  new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'inner' }).once('online', () => process.exit(0));
`;
new Worker(outer, { eval: true, name: 'outer' }).on('exit', (code) => console.log('outer ended with', code));
