// To be seen: the daemon writes without a pause, and is cut off in the middle of it when main is done.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: cut-off-while-writing “writer” at (unref).
const { Worker, isMainThread } = require('node:worker_threads');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

if (isMainThread) {
  new Worker(__filename, { name: 'writer' }).unref(); // unref
  setTimeout(() => {}, 1500);
} else {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-')), 'out.log');
  const fd = fs.openSync(file, 'w');
  const chunk = Buffer.alloc(1 << 20, 'x');
  const write = () => fs.write(fd, chunk, 0, chunk.length, 0, write);
  write();
}
