// To be seen under a debugger: a breakpoint in the worker stops the worker; main waits for it.
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) new Worker(__filename, { name: 'paused' });
else {
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += i;
  console.log(sum); // breakpoint
}
