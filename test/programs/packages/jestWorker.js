// A pool whose idle workers keep the process alive for ever, until it is told to end them.
const { Worker } = require('jest-worker');

const pool = new Worker(require.resolve('./workers/methods.js'), { enableWorkerThreads: true, numWorkers: 2 });
Promise.all([1, 2, 3, 4].map((n) => pool.double(n))).then(async (results) => {
  console.log(results.join());
  if (!process.argv.includes('end')) return console.log('hangs');
  await pool.end();
  console.log('ended');
});
