// Either end is closed or unref’d, is sent to a worker, or takes one message.
// Findings: none.
const { Worker } = require('node:worker_threads');
const { MessageChannel } = require('worker_threads');
const one = new MessageChannel();
one.port1.on('message', () => one.port2.close());
const { port1, port2 } = new MessageChannel();
port1.on('message', console.log);
new Worker(require.resolve('./listener.js'), { name: 'a' }).postMessage({ port2 }, [port2]);
const { port1: here, port2: there } = new MessageChannel();
here.on('message', console.log).unref();
there.postMessage(1);
const last = new MessageChannel();
last.port1.once('message', console.log);
last.port2.postMessage(1);
