// To be seen: main calls process.exit() while a stream writes the first of many pieces to its file.
// Exit: exit-call.
// Threads: none.
// Findings: exit-while-writing “main” at (exit).
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const file = path.join(os.tmpdir(), `lifelines-exit-while-writing-${process.pid}.txt`);
const out = fs.createWriteStream(file);
out.once('ready', () =>
  setTimeout(() => {
    for (let i = 0; i < 1000; i++) out.write(`${'x'.repeat(10_000)}\n`);
    process.exit(0); // exit
  }, 50),
);
