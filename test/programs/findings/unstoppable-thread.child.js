// To be seen: main terminates a worker that waits for a child process in a synchronous call, which nobody can interrupt.
// Exit: signal.
// Threads: 1 signal.
// Findings: unstoppable-thread “shell” at (terminates).
const { execFileSync } = require('node:child_process');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const worker = new Worker(__filename, { name: 'shell' });
  worker.once('message', () => {
    setTimeout(() => worker.terminate(), 500); // terminates
    setTimeout(() => process.kill(process.pid, 'SIGTERM'), 5000);
  });
} else {
  parentPort.postMessage('begins');
  execFileSync('sleep', ['12']);
}
