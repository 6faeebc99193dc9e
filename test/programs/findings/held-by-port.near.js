// To be seen: the BroadcastChannel is unref'd, so the process ends with main's own work.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { BroadcastChannel, Worker } = require('node:worker_threads');

new Worker('1 + 1', { eval: true });
const news = new BroadcastChannel('news');
news.unref();
setTimeout(() => {}, 2500);
