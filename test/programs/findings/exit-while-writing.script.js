// To be seen: the main script itself calls process.exit() right after it had asked for a write.
// Exit: exit-call.
// Threads: none.
// Findings: exit-while-writing “main” at (exit).
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const file = path.join(os.tmpdir(), `lifelines-exit-while-writing-${process.pid}.txt`);
fs.write(fs.openSync(file, 'w'), 'x'.repeat(10_000_000), () => {});
process.exit(0); // exit
