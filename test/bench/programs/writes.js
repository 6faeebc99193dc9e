// Prints µs for a small write to a file, of many that a worker has in flight eight at a time.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const WRITES = 20_000;
if (isMainThread) new Worker(__filename).once('message', (time) => console.log(time));
else {
  const file = path.join(os.tmpdir(), `lifelines-bench-${process.pid}`);
  const fd = fs.openSync(file, 'w');
  const text = Buffer.alloc(256, 'x');
  let begun = 0;
  let done = 0;
  const started = performance.now();
  const next = () => {
    if (begun++ < WRITES) fs.write(fd, text, 0, text.length, 0, finished);
  };
  const finished = () => {
    if (++done < WRITES) return next();
    parentPort.postMessage(((performance.now() - started) * 1000) / WRITES);
    fs.closeSync(fd);
    fs.unlinkSync(file);
  };
  for (let i = 0; i < 8; i++) next();
}
