// To be seen: messages that nobody hears although nothing went wrong: on a channel that no other thread has, and to a worker
// that had ended. And what main can read, though it is nested deeper than it can follow.
// Exit: returned.
// Threads: 1 returned.
// Notes: 2 messages that “caster” posted on the BroadcastChannel “news” (notHeard.js:29) reached nobody: no other channel of that name was open in the process.
// Notes: 1 message that main posted to “caster” went nowhere: it had ended before (posted at notHeard.js:22).
// Notes: 1 message from “caster” could not be deserialized in main. There was a listener for "messageerror".
const { BroadcastChannel, Worker, isMainThread, parentPort } = require('node:worker_threads');

/** Which of them comes first is chance. */
const heard = [];
if (isMainThread) {
  process.once('exit', () => console.log(heard.sort().join()));
  const weather = new BroadcastChannel('weather');
  weather.onmessage = ({ data }) => {
    heard.push(data);
    weather.close();
  };
  const worker = new Worker(__filename, { name: 'caster' });
  worker.on('messageerror', ({ name }) => heard.push(name));
  // The worker ends by itself just when it is asked to.
  worker.on('exit', () => worker.postMessage('finish'));
} else {
  const weather = new BroadcastChannel('weather');
  weather.postMessage('rain');
  weather.close();
  const news = new BroadcastChannel('news');
  // Nobody is there to hear them.
  for (const text of ['first', 'second']) news.postMessage(text);
  news.close();
  let tree = {};
  for (let depth = 0; depth < 5000; depth++) tree = { tree };
  parentPort.postMessage(tree);
}
