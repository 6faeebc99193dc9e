// To be seen: a daemon was cut off in the middle of compress(), which handle() had called, and main’s exit handler ran and
// printed as ever.
// Exit: returned, code 4.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const began = new Int32Array(new SharedArrayBuffer(4));
  new Worker(__filename, { workerData: began, name: 'packer' }).unref();
  process.on('exit', (code) => {
    while (Atomics.load(began, 0) === 0);
    console.log('main ended with', code);
    process.exitCode = 4;
  });
} else handle();

function handle() {
  compress();
}

function compress() {
  Atomics.store(workerData, 0, 1);
  for (let sum = 0; ; sum++) if (sum < 0) return; // cut off here
}
