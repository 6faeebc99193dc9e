// To be seen: both workers, though the first has an environment without NODE_OPTIONS (its inside is unknown: it ended with
// code 0 in an unknown way) and the second an empty execArgv.
// Exit: returned.
// Threads: 1 returned, 1 unknown.
// Findings: none.
const { Worker } = require('node:worker_threads');

new Worker("console.log('no environment')", { eval: true, env: {}, name: 'no environment' }).on('exit', () => {
  new Worker("console.log('no arguments')", { eval: true, execArgv: [], name: 'no arguments' });
});
