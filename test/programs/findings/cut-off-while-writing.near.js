// To be seen: the daemon has its file open, but wrote all that it had, and only waits for messages when main is done.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'writer' });
  worker.unref();
  setTimeout(() => worker.postMessage('a line\n'), 2500);
  setTimeout(() => {}, 3000);
} else {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-')), 'out.log');
  const fd = fs.openSync(file, 'w');
  parentPort.on('message', (line) => fs.write(fd, line, () => {}));
}
