// Prints ms for two workers that compute.
'use strict';
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const PRIMES_BELOW = 1_500_000;
if (isMainThread) {
  let ready = 2;
  let running = 2;
  let started;
  const workers = [new Worker(__filename), new Worker(__filename)];
  for (const worker of workers) {
    worker.on('message', () => {
      if (--ready !== 0) return; // later ones bring results
      started = performance.now();
      for (const each of workers) each.postMessage('go');
    });
    worker.once('exit', () => --running || console.log(performance.now() - started));
  }
} else {
  parentPort.postMessage('ready');
  parentPort.once('message', () => {
    let count = 0;
    for (let n = 2; n < PRIMES_BELOW; n++) {
      let isPrime = true;
      for (let d = 2; d * d <= n && isPrime; d++) isPrime = n % d !== 0;
      if (isPrime) count++;
    }
    parentPort.postMessage(count);
  });
}
