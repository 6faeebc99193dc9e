// To be seen: the worker is cut off in the middle of three writes: by callback, by promise and by a stream, each to a
// file of its own, and of what it printed; one more write is finished, and one more file closed.
// Exit: exit-call.
// Threads: 1 main-exit.
// Findings: cut-off-while-writing “writing.js” at (main exits).
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, parentPort, workerData: folder } = require('node:worker_threads');

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines writing-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, maxRetries: 3 }));
  const worker = new Worker(__filename, { workerData: folder });
  worker.on('message', () => process.exit(0)); // main exits
}

async function work() {
  await fs.promises.writeFile(path.join(folder, 'closed.txt'), 'all of it');
  const finished = fs.openSync(path.join(folder, 'finished.txt'), 'w');
  await new Promise((resolve) => fs.write(finished, 'done', resolve));
  const stream = fs.createWriteStream(path.join(folder, 'stream.txt'));
  await new Promise((resolve) => stream.on('open', resolve));
  const handle = await fs.promises.open(path.join(folder, 'promise.txt'), 'w');
  fs.write(fs.openSync(path.join(folder, 'callback.txt'), 'w'), Buffer.alloc(3000), () => {});
  handle.write(Buffer.alloc(2000));
  stream.write('x'.repeat(1000));
  process.stdout.write('half a line');
  parentPort.postMessage('writes');
  // Its loop does not turn again: whatever comes back from the disk, it never hears of it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

if (isMainThread) main();
else work();
