// To be seen: a child that calls process.exit() when nobody has taken its output: most of it is lost (nodejs/node#53242).
// Exit: returned.
// Threads: none.
// Findings: none.
const { spawn } = require('node:child_process');

if (process.argv[2] === 'prints') {
  console.log('x'.repeat(4_000_000));
  process.exit();
}
spawn(process.execPath, [__filename, 'prints'], { stdio: ['ignore', 'pipe', 'inherit'] });
