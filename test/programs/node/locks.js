// Uses locks in every way, and prints what it can see: order, errors, the stack of who is given one, and the locks that there are.
const { Worker, isMainThread, locks } = require('node:worker_threads');

const who = isMainThread ? 'main' : 'worker';
const said = (what) => console.log(who, what);
const stack = () => new Error('here').stack.split('\n').slice(1).map((line) => line.trim().replace(__filename, 'file'));
const failed = (error) => said(`${error.name} ${error.stack.split('\n').length}`);

async function use() {
  await locks.request('a', (lock) => said(`${lock.name} ${lock.mode} ${stack()}`));
  said(await locks.request('a', { mode: 'shared' }, async () => 5));
  await locks.request('a', async () => {
    await locks.request('a', { ifAvailable: true }, (lock) => said(lock));
    const signal = AbortSignal.timeout(20);
    await locks.request('a', { signal }, () => said('never')).catch(failed);
  });
  await locks.request('a', () => Promise.reject(new Error('mine'))).catch(failed);
  await locks.request('-a', () => {}).catch(failed);
  await locks.request('a').catch(failed);
  const stolen = locks.request('a', () => new Promise(() => {})).catch(failed);
  await locks.request('a', { steal: true }, () => said('stole it'));
  await stolen;
  const { held, pending } = await locks.query();
  said(`${held.length} ${pending.length}`);
  said(Object.getOwnPropertyNames(Object.getPrototypeOf(locks)).concat(String(locks.request).length));
}

if (!locks) said('this Node has no locks');
else {
  const alive = setInterval(() => {}, 1000); // a lock keeps nothing alive
  if (isMainThread) {
    use().then(() => {
      const worker = new Worker(__filename);
      worker.on('exit', () => setImmediate(() => use().then(() => clearInterval(alive))));
    });
  } else {
    use().then(() => clearInterval(alive));
  }
}
