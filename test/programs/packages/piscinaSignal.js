// Two tasks run and two wait in the queue when a signal comes: all four are cut off. The workers are daemons even then:
// it is the port through which a task's result comes that keeps the process alive.
const { Piscina } = require('piscina');
const { join } = require('node:path');

const pool = new Piscina({ filename: join(__dirname, 'workers', 'endless.js'), minThreads: 2, maxThreads: 2 });
let running = 0;
pool.on('message', () => {
  if (++running === 2) console.log(`hangs with ${pool.queueSize} in the queue`);
});
for (let n = 0; n < 4; n++) pool.run(n);
