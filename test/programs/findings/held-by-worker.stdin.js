// To be seen: a worker that reads its standard input, which main never ends.
// Exit: signal.
// Threads: 1 returned, 1 signal.
// Findings: held-by-worker “reader” at (start).
const { Worker, isMainThread, threadId } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'reader', stdin: true }); // start
  worker.stdin.write('a line\n');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 6_500).unref();
  const ended = new Worker(__filename, { name: 'ended', stdin: true });
  ended.stdin.end('all\n');
} else {
  process.stdin.on('data', (data) => console.log(threadId, String(data).trim()));
}
