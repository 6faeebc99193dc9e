// To be seen: main waits in Atomics.wait() for workers that take long: one computes, one waits for a timer, one has a
// native thread compute.
// Exit: returned.
// Threads: 3 returned.
// Findings: none.
const { pbkdf2 } = require('node:crypto');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  for (const how of ['computes', 'sleeps', 'has computed']) {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    new Worker(__filename, { name: how, workerData: { flag, how } });
    Atomics.wait(flag, 0, 0);
  }
} else {
  const { flag, how } = workerData;
  const done = () => {
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  };
  if (how === 'computes') {
    for (const end = Date.now() + 3500; Date.now() < end; );
    done();
  } else if (how === 'sleeps') setTimeout(done, 3500);
  else {
    const end = Date.now() + 3500;
    const next = () => (Date.now() < end ? pbkdf2('a', 'b', 200_000, 64, 'sha512', next) : done());
    next();
  }
}
