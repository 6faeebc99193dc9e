// What a long session consists of: workers that answer messages, others that come and go, and child processes that do so
// too. Runs for so many ms: `soak.js <ms> <messages a second> <threads in all> <children in all>`.
const { spawn } = require('node:child_process');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const EVERY_MS = 10;
const ANSWERING = 2;

if (isMainThread) {
  const [ms, messages, threads, children] = process.argv.slice(2).map(Number);
  const share = EVERY_MS / 1000;
  const answering = Array.from({ length: ANSWERING }, () => new Worker(__filename).on('message', () => {}));
  const started = Date.now();
  const done = { threads: 0, children: 0, messages: 0 };
  const due = (all) => ((Date.now() - started) / ms) * all;
  const timer = setInterval(() => {
    // An answer counts as a message too.
    for (; done.messages < ((Date.now() - started) / 1000) * messages; done.messages += 2)
      answering[(done.messages / 2) % ANSWERING].postMessage(done.messages);
    if (done.threads < due(threads)) {
      done.threads++;
      new Worker('0', { eval: true });
    }
    if (done.children < due(children)) {
      done.children++;
      spawn(process.execPath, ['-e', `new (require('node:worker_threads').Worker)('0', { eval: true })`], {
        stdio: 'ignore',
      });
    }
  }, share * 1000);
  setTimeout(() => {
    clearInterval(timer);
    for (const worker of answering) worker.terminate();
    console.log(JSON.stringify(done));
  }, ms);
} else parentPort.on('message', (message) => parentPort.postMessage(message));
