// To be seen: main asks a port for messages, again and again: for one that comes late, by a timer; then for many that have
// come long before, each of which it is at for some time.
// Exit: returned.
// Threads: 2 returned.
// Findings: none.
const { MessageChannel, Worker, isMainThread, receiveMessageOnPort, workerData } = require('node:worker_threads');

const MANY = 400;

function answersOf(how) {
  const { port1, port2 } = new MessageChannel();
  new Worker(__filename, { workerData: { how, port: port2 }, transferList: [port2] });
  return () => receiveMessageOnPort(port1);
}
function busyFor(ms) {
  for (const end = Date.now() + ms; Date.now() < end; );
}

if (isMainThread) {
  const answer = answersOf('late');
  while (!answer());
  const next = answersOf('many');
  while (!next());
  for (let count = 1; count < MANY; ) {
    if (!next()) continue;
    count++;
    busyFor(10);
  }
} else if (workerData.how === 'late') {
  setTimeout(() => workerData.port.postMessage('an answer'), 4000);
} else {
  for (let i = 0; i < MANY; i++) workerData.port.postMessage(i);
  workerData.port.close();
}
