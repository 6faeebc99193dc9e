// What a long session consists of: workers that answer messages, others that come and go, and child processes that do so
// too. Runs for so many ms, and on until all threads and children have been:
// `soak.js <ms> <messages a second> <threads in all> <children in all>`.
const { spawn } = require('node:child_process');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const EVERY_MS = 10;
const ANSWERING = 2;
/** A machine that is too slow for its share of the time takes longer, and not ever more at once. */
const MOST_AT_ONCE = 3;

if (isMainThread) {
  const [ms, messages, threads, children] = process.argv.slice(2).map(Number);
  const answering = Array.from({ length: ANSWERING }, () => new Worker(__filename).on('message', () => {}));
  const started = Date.now();
  const done = { threads: 0, children: 0, messages: 0 };
  const live = { threads: 0, children: 0 };
  const due = (all) => Math.min(all, ((Date.now() - started) / ms) * all);
  const begin = (what, all, start) => {
    for (; done[what] < due(all) && live[what] < MOST_AT_ONCE; done[what]++, live[what]++)
      start().once('exit', () => live[what]--);
  };
  const timer = setInterval(() => {
    // An answer counts as a message too.
    for (; done.messages < ((Date.now() - started) / 1000) * messages; done.messages += 2)
      answering[(done.messages / 2) % ANSWERING].postMessage(done.messages);
    begin('threads', threads, () => new Worker('0', { eval: true }));
    begin('children', children, () =>
      spawn(process.execPath, ['-e', `new (require('node:worker_threads').Worker)('0', { eval: true })`], {
        stdio: 'ignore',
      }),
    );
    if (Date.now() - started < ms || done.threads < threads || done.children < children) return;
    clearInterval(timer);
    for (const worker of answering) worker.terminate();
    console.log(JSON.stringify({ ...done, seconds: Math.round((Date.now() - started) / 1000) }));
  }, EVERY_MS);
} else parentPort.on('message', (message) => parentPort.postMessage(message));
