// To be seen: a worker that has printed makes a channel of its own and gives one port to a worker of its own, which posts
// three messages on it; the same between main and the first worker, which begins. What Node's own ports carry for nested
// workers counts for nobody.
// Exit: returned.
// Threads: 2 returned.
// Findings: none.
const { MessageChannel, Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

/** Gives it a port on which it posts; once all has come the other port is closed, and only then it is told to end. */
function talkWith(worker, over) {
  const { port1, port2 } = new MessageChannel();
  let left = 3;
  port1.on('message', () => {
    if (--left > 0) return;
    port1.close();
    worker.once('exit', over).postMessage({ end: true });
  });
  worker.postMessage({ port: port2 }, [port2]);
}

function listen() {
  parentPort.on('message', ({ port, end }) => {
    if (end) return parentPort.close();
    for (let i = 0; i < 3; i++) port.postMessage(i);
  });
}

if (isMainThread) {
  const worker = new Worker(__filename, { workerData: 'has a worker' });
  worker.once('message', () => talkWith(worker, () => console.log('over')));
} else if (workerData === 'has a worker') {
  process.stdout.write('printed\n', () => {
    const worker = new Worker(__filename, { workerData: 'below' });
    talkWith(worker, () => parentPort.postMessage('ready'));
  });
  listen();
} else {
  listen();
}
