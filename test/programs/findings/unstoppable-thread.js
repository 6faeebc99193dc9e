// To be seen: process.exit() that waits for a thread in readFileSync() of a pipe, until somebody kills the process.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: unstoppable-thread “reader” at (exit).
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pipe-'));
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // It begins to read right after its message.
  new Worker(__filename, { name: 'reader', workerData: pipe }).once('message', () => {
    spawn('sh', ['-c', `sleep 5; rm -r "${folder}"; kill -KILL ${process.pid}`], { detached: true, stdio: 'ignore' });
    setTimeout(() => process.exit(0), 1000); // exit
  });
} else {
  require('node:worker_threads').parentPort.postMessage('reading');
  fs.readFileSync(workerData);
}
