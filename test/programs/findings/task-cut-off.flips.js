// To be seen: three threads of one line, ref'd for each of many tasks and unref'd afterwards. One of them is unref'd in the
// middle of its last task too, and cut off in it.
// Exit: returned.
// Threads: 3 main-exit (daemon).
// Findings: task-cut-off “3 × task-cut-off.flips.js” at (pool).
const { Worker, isMainThread, parentPort, workerData: read } = require('node:worker_threads');

const TASKS = 1000;

if (isMainThread) {
  const read = new Int32Array(new SharedArrayBuffer(4)); // how many tasks the threads have read
  for (const lasts of [0, 0, 60_000]) {
    const worker = new Worker(__filename, { workerData: read }); // pool
    let done = 0;
    const next = () => {
      worker.ref();
      worker.postMessage(++done < TASKS ? 0 : lasts);
    };
    const leave = () => (Atomics.load(read, 0) < 3 * TASKS ? setTimeout(leave, 50) : worker.unref());
    worker.on('message', () => {
      worker.unref();
      if (done < TASKS) next();
      if (done === TASKS) setTimeout(leave, 2500);
    });
    next();
  }
} else {
  const done = () => parentPort.postMessage('done');
  parentPort.on('message', (ms) => {
    Atomics.add(read, 0, 1);
    if (ms > 0) setTimeout(done, ms);
    else done();
  });
}
