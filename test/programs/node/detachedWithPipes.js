// To be seen: a child that is detached and unref'd, and the pipes to it that keep the process alive (nodejs/node#5614).
// Exit: signal.
// Threads: none.
// Findings: none.
// Alive: 2 pipes or terminals being read.
const { spawn } = require('node:child_process');

const wait = 'setTimeout(() => {}, 60_000)';
const child = spawn(process.execPath, ['-e', wait], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
child.unref();
setTimeout(() => {
  child.kill('SIGKILL');
  process.kill(process.pid, 'SIGTERM');
}, 2500).unref();
