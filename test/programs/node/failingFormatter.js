// To be seen: the worker and then main ended by an error, each with its exit code, though the program's own formatter
// of stacks fails on both.
// Exit: error, code 6.
// Threads: 1 error.
// Findings: none.
const { Worker, isMainThread } = require('node:worker_threads');

Error.prepareStackTrace = () => {
  throw 'the formatter fails';
};
process.on('exit', () => (process.exitCode = isMainThread ? 6 : 5));

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'fails' });
  worker.on('error', (error) => console.log('heard', error.message, error.stack));
  worker.on('exit', () => {
    throw new Error('in main');
  });
} else {
  throw new Error('in the worker');
}
