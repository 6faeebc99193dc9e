// To be seen: a worker waits for a pipe to be opened, which nobody can interrupt, until main itself opens it after seconds.
// It is said to be in that call, and main was not held up by asking.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-pipe-'));
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  new Worker(__filename, { name: 'reader', workerData: pipe });
  setTimeout(() => {
    fs.writeFileSync(pipe, 'at last');
    fs.rmSync(folder, { recursive: true });
  }, 6000);
} else setTimeout(() => console.log(fs.readFileSync(workerData, 'utf8')), 100);
