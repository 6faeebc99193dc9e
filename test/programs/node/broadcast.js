// To be seen: two messages on the channel, which main posts and each of two workers receives; and on a port of their
// own, which main made, the first worker posts three to the second.
// Exit: returned.
// Threads: 2 returned.
// Findings: none.
const { BroadcastChannel, MessageChannel, Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const workers = ['talks', 'listens'].map((name) => new Worker(__filename, { name, argv: [name] }));
  const { port1, port2 } = new MessageChannel();
  workers[0].postMessage(port1, [port1]);
  workers[1].postMessage(port2, [port2]);
  let ready = 0;
  for (const worker of workers) {
    worker.on('message', () => {
      if (++ready < 2) return;
      const channel = new BroadcastChannel('news');
      channel.postMessage(1);
      channel.postMessage('end');
      channel.close();
    });
  }
} else {
  const channel = new BroadcastChannel('news');
  let heard = 0;
  const done = () => {
    // Each hears two on the channel, and the second one three on the port.
    if (++heard < (process.argv[2] === 'listens' ? 5 : 2)) return;
    channel.close();
    parentPort.close();
  };
  channel.onmessage = done;
  parentPort.once('message', (port) => {
    if (process.argv[2] === 'talks') for (let i = 0; i < 3; i++) port.postMessage(i);
    else port.on('message', (i) => (done(), i === 2 && port.close()));
    parentPort.postMessage('ready');
    if (process.argv[2] === 'talks') channel.addEventListener('message', ({ data }) => data === 'end' && port.close());
  });
}
