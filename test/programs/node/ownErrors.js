// To be seen: the worker and then main ended by an error. The program formats the stacks of its errors itself and has
// getters on them: each runs when Node wants it, after the exit handlers, and not once more.
// Exit: error, code 1.
// Threads: 1 error.
// Findings: none.
const { writeSync } = require('node:fs');
const { Worker, isMainThread } = require('node:worker_threads');

const say = (...words) => writeSync(1, `${isMainThread ? 'main' : 'worker'} ${words.join(' ')}\n`);
Error.prepareStackTrace = (error, sites) => {
  say('formats', error.message);
  return `${error.name}: ${error.message}\n    at ${sites[0]}`;
};
process.on('exit', () => say('exit handler'));

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'fails' });
  worker.on('error', (error) => say('heard', error.message));
  worker.on('exit', () => {
    const error = new Error('hidden');
    for (const key of ['name', 'stack']) Object.defineProperty(error, key, { get: () => say('getter of', key) });
    throw error;
  });
} else {
  throw new Error('in the worker'); // throws
}
