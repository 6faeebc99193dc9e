// To be seen: of two child processes one that ends before, and one that is left running, told at the end with its line.
// Exit: returned.
// Threads: none.
// Findings: none.
const { spawn } = require('node:child_process');

const waits = (ms) => ['-e', `setTimeout(() => {}, ${ms})`];
const left = spawn(process.execPath, waits(2_000), { detached: true, stdio: 'ignore' }); // left
left.unref();
spawn(process.execPath, waits(0), { stdio: 'ignore' }).on('exit', (code) => console.log('ended', code));
