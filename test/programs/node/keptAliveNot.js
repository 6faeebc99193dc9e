// To be seen: what kept the process alive is over before it ends, and nothing is said of it; nor is that main was done while
// only native code was at work.
// Exit: returned.
// Threads: none.
// Findings: none.
const { pbkdf2 } = require('node:crypto');
const { createServer } = require('node:http');

const server = createServer().listen(0, '127.0.0.1');
setTimeout(() => {
  server.close();
  pbkdf2('a', 'b', 300_000, 64, 'sha512', () => console.log('done'));
}, 1_500);
