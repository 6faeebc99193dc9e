// A port has a listener, and nobody closes its channel.
// Findings: held-by-port.
require('node:worker_threads');
const { port1, port2 } = new MessageChannel();
port1.on('message', console.log); //! held-by-port
port2.postMessage(1);
