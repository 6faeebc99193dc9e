// To be seen: the worker wakes main three times and main the worker three times, by turns. A call that wakes nobody, one for
// another place, and a wait that times out wake nobody.
'use strict';
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const TURNS = 3;
const FOR_WORKER = 0;
const FOR_MAIN = 1;
const NOBODYS = 2;

const words = isMainThread ? new Int32Array(new SharedArrayBuffer(16), 4) : workerData;
const sleepAt = (place) => Atomics.wait(words, place, 0);
const awaken = (place) => {
  do Atomics.wait(words, NOBODYS, 0, 10);
  while (Atomics.notify(words, place) === 0);
};

if (isMainThread) {
  new Worker(__filename, { workerData: words });
  for (let turn = 0; turn < TURNS; turn++) {
    sleepAt(FOR_MAIN);
    awaken(FOR_WORKER);
  }
  Atomics.notify(words, NOBODYS);
} else {
  for (let turn = 0; turn < TURNS; turn++) {
    awaken(FOR_MAIN);
    sleepAt(FOR_WORKER);
  }
}
