// Short loops, retries, and threads that stay.
// Findings: none.
const { Worker } = require('node:worker_threads');
const { once } = require('events');
const ready = (file) => new Promise((resolve, reject) => {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
  worker.once('message', resolve);
  worker.on('error', reject).on('exit', (code) => console.log(code));
});
async function all(files, count) {
  for (const kind of ['a', 'b']) {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a', workerData: kind });
    await once(worker, 'exit');
  }
  for (let i = 0; i < 3; i++) await once(new Worker(require.resolve('./quiet.js'), { name: 'a' }), 'exit');
  for (let i = 0; i < count; i++) {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
    await once(worker, 'online');
    files.push(worker);
  }
  for (;;) {
    const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
    const [answer] = await once(worker, 'message');
    await worker.terminate();
    if (answer) return answer;
  }
  for (const file of files) await ready(file);
}
async function keepAlive() {
  while (!stopping) await once(new Worker(require.resolve('./quiet.js'), { name: 'a' }), 'exit');
}
