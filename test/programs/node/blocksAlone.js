// Main never comes back to its event loop, or only after a while; a child process of its own ends it.
const { spawn, execFileSync } = require('node:child_process');

const sleeps = (seconds) => execFileSync(process.execPath, ['-e', `setTimeout(() => {}, ${1000 * seconds})`]);
const kill = `setTimeout(() => process.kill(${process.pid}, 'SIGTERM'), 4500)`;
spawn(process.execPath, ['-e', kill], { detached: true, stdio: 'ignore', env: {} }).unref();
switch (process.argv[2]) {
  case 'computes':
    for (;;);
  case 'waits for a child process':
    sleeps(9);
    break;
  case 'waits for a moment':
    setInterval(() => {}, 1000);
    sleeps(1.5);
}
