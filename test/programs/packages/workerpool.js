// A pool whose idle workers keep the process alive for ever, until it is told to terminate them: its workers then end
// themselves, by process.exit.
const workerpool = require('workerpool');
const { join } = require('node:path');

const options = { workerType: 'thread', minWorkers: 2, maxWorkers: 2 };
const pool = workerpool.pool(join(__dirname, 'workers', 'registered.js'), options);
Promise.all([1, 2, 3, 4].map((n) => pool.exec('double', [n]))).then(async (results) => {
  console.log(results.join());
  if (!process.argv.includes('end')) return console.log('hangs');
  await pool.terminate();
  console.log('terminated');
});
