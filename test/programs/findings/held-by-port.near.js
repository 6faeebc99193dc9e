// To be seen: the BroadcastChannel is unref'd, so the process ends with main's own work.
// Exit: returned.
// Threads: none.
// Findings: none.
const { BroadcastChannel } = require('node:worker_threads');

const news = new BroadcastChannel('news');
news.unref();
news.postMessage('nobody hears');
setTimeout(() => {}, 2500);
