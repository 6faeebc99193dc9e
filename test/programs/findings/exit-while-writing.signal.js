// To be seen: a handler of SIGTERM writes a last line to a stream and calls process.exit().
// Exit: exit-call.
// Threads: none.
// Findings: exit-while-writing “main” at (exit).
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const file = path.join(os.tmpdir(), `lifelines-exit-while-writing-${process.pid}.txt`);
const out = fs.createWriteStream(file);
process.on('SIGTERM', () => {
  out.write('the last line\n');
  process.exit(0); // exit
});
out.once('ready', () => process.kill(process.pid, 'SIGTERM'));
setInterval(() => {}, 1000);
