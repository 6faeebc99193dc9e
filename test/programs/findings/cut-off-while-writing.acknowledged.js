// To be seen: the daemon tells of each line when it is written; the file is still open when main ends, and whole.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const LINES = 200;
if (isMainThread) {
  const worker = new Worker(__filename);
  let left = LINES;
  worker.on('message', () => {
    if (--left === 0) worker.unref();
  });
  for (let i = 0; i < LINES; i++) worker.postMessage(`line ${i}\n`);
} else {
  const stream = fs.createWriteStream(path.join(os.tmpdir(), 'acknowledgedWrites.log'));
  parentPort.on('message', (line) => stream.write(line, () => parentPort.postMessage('written')));
}
