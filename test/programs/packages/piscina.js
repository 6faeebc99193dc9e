// A pool that is not destroyed: its idle workers are daemons, so main ends as soon as its tasks are done, and they with
// it. When it is destroyed, it terminates them.
const { Piscina } = require('piscina');
const { join } = require('node:path');

const pool = new Piscina({ filename: join(__dirname, 'workers', 'double.js'), minThreads: 2, maxThreads: 2 });
Promise.all([1, 2, 3, 4].map((n) => pool.run(n))).then(async (results) => {
  console.log(results.join());
  if (!process.argv.includes('destroy')) return;
  await pool.destroy();
  console.log('destroyed');
});
