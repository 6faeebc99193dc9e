// Main never comes back to its event loop, or only after a while, or does and nobody can tell; a child process of its own ends it.
const { spawn, execFileSync } = require('node:child_process');
const { openSync } = require('node:fs');

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
    break;
  case 'has no file descriptor left':
    setInterval(() => {}, 1000);
    try {
      for (;;) openSync('/dev/null');
    } catch {}
}
