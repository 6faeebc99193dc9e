// Prints KiB of resident memory that one idle worker adds.
'use strict';
const { Worker } = require('node:worker_threads');
const WORKERS = 40;
const SCRIPT = 'require("node:worker_threads").parentPort.on("message", () => {}).postMessage("idle")';
const resident = () => process.memoryUsage.rss() / 1024;
const start = (then) => new Worker(SCRIPT, { eval: true }).once('message', then);
start(() => {
  const before = resident(); // with the first come things that the others share
  let idle = 0;
  const started = () => {
    if (++idle < WORKERS) return;
    console.log((resident() - before) / WORKERS);
    process.exit();
  };
  for (let i = 0; i < WORKERS; i++) start(started);
});
