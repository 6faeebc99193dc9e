// In a worker, which others may end.
// Findings: none.
const { isMainThread, BroadcastChannel } = require('node:worker_threads');
if (!isMainThread) new BroadcastChannel('news').onmessage = () => {};
