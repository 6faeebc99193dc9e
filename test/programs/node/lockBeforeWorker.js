// To be seen: main holds a lock since before its first worker, which asks for it and ends without it.
// Since: Node 24.
// Exit: returned.
// Threads: 1 terminate.
// Findings: none.
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  locks.request('gone', () => {}).then(() =>
    locks.request('db', async () => { // held
      const worker = new Worker(__filename, { name: 'asker' });
      await new Promise((resolve) => worker.once('message', resolve));
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (process.argv[2] === 'exit') process.exit();
      await worker.terminate();
    }),
  );
} else {
  setInterval(() => {}, 1000);
  parentPort.postMessage('asks');
  locks.request('db', () => console.log('never')); // asked
}
