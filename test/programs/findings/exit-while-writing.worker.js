// To be seen: a worker calls process.exit() while a stream writes the first of many pieces to its file.
// Exit: returned.
// Threads: 1 exit-call.
// Findings: exit-while-writing “writer” at (exit).
const { Worker, isMainThread } = require('node:worker_threads');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

if (isMainThread) {
  new Worker(__filename, { name: 'writer' });
} else {
  const out = fs.createWriteStream(path.join(os.tmpdir(), `lifelines-exit-while-writing-${process.pid}.txt`));
  out.once('ready', () =>
    setTimeout(() => {
      for (let i = 0; i < 1000; i++) out.write(`${'x'.repeat(10_000)}\n`);
      process.exit(0); // exit
    }, 50),
  );
}
