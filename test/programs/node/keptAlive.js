// To be seen: no thread was started, and each thing that keeps the process alive, with its line, but for a server and a timer
// that do not. It sees its timers as ever.
// Exit: signal.
// Threads: none.
// Findings: none.
// Alive: an HTTP server on port N at (http).
// Alive: a server at SOCKET at (pipe).
// Alive: child process N (node) at (child).
// Alive: 2 timers at (timers).
// Alive: a timer at (end).
// Alive: a MessagePort or BroadcastChannel.
const { spawn } = require('node:child_process');
const http = require('node:http');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const socket = path.join(process.platform === 'win32' ? '\\\\.\\pipe' : os.tmpdir(), `kept-${process.pid}`);
http.createServer().listen(0, '127.0.0.1'); // http
net.createServer().listen(socket); // pipe
http.createServer().listen(0, '127.0.0.1').unref();
const child = spawn(process.execPath, { stdio: ['pipe', 'ignore', 'ignore'] }); // child
for (let i = 0; i < 2; i++) setTimeout(() => {}, 60_000); // timers
setTimeout(() => {}, 50_000).unref();
clearTimeout(setTimeout(() => {}, 40_000));
new MessageChannel().port1.onmessage = () => {};

console.log(setTimeout.name, setTimeout.length, setInterval.name, setInterval.length, Object.keys(globalThis).join());
console.log(promisify(setTimeout) === require('node:timers/promises').setTimeout, typeof setTimeout.prototype);
try {
  setTimeout('not a function');
} catch (error) {
  console.log(error.message);
}
setTimeout((...args) => console.log(args.join()), 1, 'a', 'b', 'c');
setTimeout(end, 2_500); // end
function end() {
  child.kill();
  process.kill(process.pid, 'SIGKILL');
}
