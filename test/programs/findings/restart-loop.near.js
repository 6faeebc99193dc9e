// To be seen: two of six threads fail, and each is started again once; and six that fail, all started at once.
// Exit: returned.
// Threads: 4 returned, 8 error.
// Findings: none.
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const start = (fails, again) => {
    const worker = new Worker(__filename, { workerData: fails });
    worker.on('error', () => again && start(false, false));
  };
  for (let i = 0; i < 2; i++) start(true, true);
  for (let i = 0; i < 2; i++) start(false, false);
  for (let i = 0; i < 6; i++) new Worker(__filename, { workerData: true }).on('error', () => {});
} else if (workerData) {
  throw new Error('ENOCONFIG');
}
