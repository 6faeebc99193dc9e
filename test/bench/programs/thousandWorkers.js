// Prints ms for a thousand short workers, eight at a time.
'use strict';
const { Worker } = require('node:worker_threads');
const WORKERS = 1000;
const started = performance.now();
let begun = 0;
let ended = 0;
const next = () => {
  if (begun++ < WORKERS) new Worker('0', { eval: true }).once('exit', exited);
};
const exited = () => {
  if (++ended === WORKERS) console.log(performance.now() - started);
  next();
};
for (let i = 0; i < 8; i++) next();
