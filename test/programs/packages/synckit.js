// Main waits in Atomics.wait for a worker's result, so it hears that the worker is online long after it is, or never. The
// worker is a daemon, and goes with main.
const { createSyncFn } = require('synckit');
const { join } = require('node:path');

const double = createSyncFn(join(__dirname, 'workers', 'synckitWorker.js'));
console.log(double(1), double(2));
