// To be seen: one worker that exits and one that fails. The program sees its own listeners and no other, also in messages that are
// delivered at the worker's end, and loses none that it adds there.
// Exit: returned.
// Threads: 1 error, 1 exit-call.
// Findings: none.
const { Worker } = require('node:worker_threads');

const posts = "require('node:worker_threads').parentPort.postMessage(1); process.exit()";
const worker = new Worker(posts, { eval: true, name: 'last words' });
const end = Date.now() + 200;
while (Date.now() < end); // the worker ends meanwhile: its message is delivered with its end
worker.on('message', () => {
  console.log(worker.eventNames(), worker.listenerCount('exit'));
  worker.once('exit', () => {
    console.log('added late', worker.eventNames(), worker.listenerCount('exit'));
    fail();
  });
});

class Loud extends Worker {
  emit(event, ...args) {
    console.log('emits', String(event));
    return super.emit(event, ...args);
  }
}
const fail = () =>
  new Loud("throw new Error('heard')", { eval: true, name: 'loud' }).on('error', (error) => console.log(error.message));
