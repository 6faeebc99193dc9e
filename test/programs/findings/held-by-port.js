// To be seen: main is done, and a BroadcastChannel that nobody closed holds the process.
// Exit: signal.
// Threads: none.
// Findings: held-by-port at (open).
const { BroadcastChannel } = require('node:worker_threads');

const news = new BroadcastChannel('news'); // open
news.postMessage('nobody hears');
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 6000).unref();
