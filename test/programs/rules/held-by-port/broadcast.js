// Nobody closes the BroadcastChannel.
// Findings: held-by-port.
const { BroadcastChannel } = require('node:worker_threads');
const news = new BroadcastChannel('news'); //! held-by-port
news.postMessage('a');
