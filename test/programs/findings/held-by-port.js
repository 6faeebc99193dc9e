// To be seen: main is done, its worker too, and a BroadcastChannel that nobody closed holds the process.
// Exit: signal.
// Threads: 1 returned.
// Findings: held-by-port at (open).
const { BroadcastChannel, Worker } = require('node:worker_threads');

new Worker('1 + 1', { eval: true });
const news = new BroadcastChannel('news'); // open
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
