// To be seen: three daemons were cut off that ran no code: one waited for events, one in Atomics.wait, and one for a
// synchronous child process. None of them was asked where it was.
// Exit: returned.
// Threads: 3 main-exit (daemon).
// Findings: none.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const CHILD = 'require("fs").writeFileSync(process.argv[1], ""); setTimeout(() => {}, 300)';
const WAYS = {
  events: () => setInterval(() => {}, 1000),
  memory: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  child: () => spawnSync(process.execPath, ['-e', CHILD, workerData.sign], { env: {} }),
};

if (isMainThread) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-waiting-'));
  const sign = path.join(folder, 'child');
  let online = 0;
  for (const way of Object.keys(WAYS)) {
    const worker = new Worker(__filename, { workerData: { way, sign }, name: way });
    worker.once('message', () => ++online);
    worker.unref();
  }
  const turning = setInterval(() => online === 3 && fs.existsSync(sign) && clearInterval(turning), 10);
  process.on('exit', () => fs.rmSync(folder, { recursive: true }));
} else {
  parentPort.postMessage('here');
  setTimeout(WAYS[workerData.way], 20);
}
