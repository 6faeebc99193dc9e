// To be seen: a daemon that gives a lock back before main kills it. It is refused another and gives up on a third.
// Since: Node 24.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, locks, parentPort } = require('node:worker_threads');

if (!locks) console.log('this Node has no locks');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'holder' });
  worker.once('message', () => {
    setTimeout(() => console.log('main is done'), 100);
    worker.unref();
  });
} else {
  parentPort.on('message', () => {});
  const giveUp = new AbortController();
  (async () => {
    await locks.request('db', async () => {
      locks.request('db', { signal: giveUp.signal }, () => {}).catch(() => {});
      await locks.request('db', { ifAvailable: true }, () => {});
      giveUp.abort();
      await new Promise((free) => setTimeout(free, 50));
    });
    await locks.request('db', { mode: 'shared' }, () => locks.request('db', { mode: 'shared' }, () => {}));
    parentPort.postMessage('given back');
  })();
}
