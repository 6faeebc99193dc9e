// To be seen: file watchers and sockets that keep the process alive, each with its line, but for a watcher that does not.
// Exit: signal.
// Threads: none.
// Findings: none.
// Alive: a file watcher at (folder).
// Alive: 2 file watchers at (files).
// Alive: a UDP socket at (udp).
// Alive: a server on port N at (server).
// Alive: a network connection at (client).
// Alive: a connection that was accepted on port N.
// Alive: a timer at (end).
const dgram = require('node:dgram');
const fs = require('node:fs');
const net = require('node:net');

fs.watch(__dirname); // folder
for (const name of ['a', 'b']) fs.watchFile(`${__filename}.${name}`, () => {}); // files
fs.watch(__dirname).unref();
fs.watch(__dirname).close();
dgram.createSocket('udp4').bind(0, '127.0.0.1'); // udp
const server = net.createServer(() => {});
server.listen(0, '127.0.0.1'); // server
server.on('listening', () => net.connect(server.address().port, '127.0.0.1')); // client
try {
  fs.watch('/nowhere/at/all');
} catch (error) {
  console.log(error.code, error.stack.includes('thread-lifelines'));
}
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2_500); // end
