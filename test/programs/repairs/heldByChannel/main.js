// A channel that nobody closes.
// Change: held-by-port in main.js: Call unref() on it.
// After: exit code 0, and "main is done\n"
const { BroadcastChannel } = require('node:worker_threads');
const news = new BroadcastChannel('news');
news.onmessage = console.log;
console.log('main is done');
