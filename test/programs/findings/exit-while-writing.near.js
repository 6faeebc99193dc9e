// To be seen: main calls process.exit() when all is written, and while it reads a file and looks at another.
// Exit: exit-call.
// Threads: none.
// Findings: none.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const file = path.join(os.tmpdir(), `lifelines-exit-while-writing-${process.pid}.txt`);
const out = fs.createWriteStream(file);
for (let i = 0; i < 1000; i++) out.write(`${'x'.repeat(1000)}\n`);
out.end(() => {
  fs.readFile(file, () => {});
  fs.stat(__filename, () => {});
  process.exit(0);
});
