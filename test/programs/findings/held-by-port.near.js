// To be seen: the BroadcastChannel is unref'd, so the process ends with main's own work.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
const { BroadcastChannel, Worker } = require('node:worker_threads');

const news = new BroadcastChannel('news');
news.unref();
new Worker('1 + 1', { eval: true });
setTimeout(() => {}, 2500);
