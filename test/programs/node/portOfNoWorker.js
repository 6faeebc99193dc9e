// To be seen: a worker whose file does not exist, and no more: the port that was to go to it is closed (oven-sh/bun#43374).
// Exit: returned.
// Threads: 1 error.
// Findings: worker-file-not-found “absent” at (start).
const { Worker, MessageChannel } = require('node:worker_threads');

const { port1, port2 } = new MessageChannel();
port1.on('message', console.log).on('close', () => console.log('closed'));
const options = { name: 'absent', workerData: port2, transferList: [port2] };
new Worker('./there-is-no-such-file.js', options).on('error', (error) => console.log(error.code)); // start
