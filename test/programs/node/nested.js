// To be seen: main, "first" below it, "second" below that, "third" below that; each returned, the innermost first.
// Exit: returned.
// Threads: 3 returned.
// Findings: none.
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const NAMES = ['first', 'second', 'third'];
const depth = isMainThread ? 0 : workerData;
const name = NAMES[depth];
if (name) new Worker(__filename, { name, workerData: depth + 1 }).on('exit', () => console.log(name, 'ended'));
else console.log('the innermost');
