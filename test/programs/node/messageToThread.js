// To be seen: “a” posts to main, which hears it, and to “b”, where nobody listens; “c” is posted to by main and answers.
// Exit: returned.
// Threads: 3 returned.
// Findings: none.
const threads = require('node:worker_threads');

const { Worker, isMainThread, parentPort, workerData } = threads;
const post = (...args) => threads.postMessageToThread(...args); // once

if (!threads.postMessageToThread) console.log('this Node has no postMessageToThread');
else if (isMainThread) {
  process.on('workerMessage', (message, from) => console.log('main heard', message, 'of', from));
  const [a, , c] = ['a', 'b', 'c'].map((name) => new Worker(__filename, { name, workerData: name }));
  a.once('message', async (failed) => {
    console.log('a:', failed);
    await post(c.threadId, 'hello c');
    for (const thread of [1, 2, 3]) await post(thread, 'end').catch(({ code }) => console.log(thread, code));
  });
} else {
  const alive = setInterval(() => {}, 1000);
  const listen = () => {
    process.on('workerMessage', (message, from) => {
      if (message === 'end') clearInterval(alive);
      else post(from, 'hello from c');
    });
  };
  if (workerData !== 'b') listen();
  else setTimeout(() => clearInterval(alive), 1500);
  if (workerData === 'a') {
    setTimeout(async () => {
      await post(0, 'hello');
      await post(2, 'hello b').catch(({ code }) => parentPort.postMessage(code));
    }, 300);
  }
}
