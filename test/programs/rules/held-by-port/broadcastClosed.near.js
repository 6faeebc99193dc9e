// It is closed, unref’d, or exported.
// Findings: none.
const { BroadcastChannel } = require('node:worker_threads');
const one = new BroadcastChannel('news');
one.onmessage = () => one.close();
new BroadcastChannel('news').unref();
module.exports = new BroadcastChannel('news');
