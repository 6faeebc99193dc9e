// To be seen: a worker that is ref'd and unref'd again and again, and how it was left when the program came to its end in the
// way that its argument names.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: none.
const { writeSync } = require('node:fs');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const TIMES = 1000;
const end = process.argv[2];

if (workerData === 'sleeps') setInterval(() => {}, 1000);
else if (isMainThread && end === 'owner-terminated') {
  const owner = new Worker(__filename, { workerData: 'owner', argv: [end] });
  owner.once('message', () => owner.terminate());
} else {
  const worker = new Worker(__filename, { workerData: 'sleeps' });
  const flip = (last) => {
    for (let i = 0; i < TIMES; i++) {
      worker.unref(); // unrefs it
      worker.ref(); // refs it
    }
    if (last === 'unref') worker.unref(); // unrefs it last
    writeSync(1, 'flipped\n');
  };
  const ends = {
    exit: () => (flip('ref'), process.exit()),
    'exit-unrefd': () => (flip('unref'), process.exit()),
    'exit-handler': () => {
      flip('unref');
      process.on('exit', () => flip('ref'));
    },
    throw: () => {
      flip('unref');
      throw new Error('on purpose');
    },
    kill: () => (flip('unref'), process.kill(process.pid, 'SIGKILL')),
    'kill-later': () => {
      flip('ref');
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2000);
    },
    terminate: () => (flip('unref'), worker.terminate()),
    'owner-terminated': () => {
      flip('unref');
      require('node:worker_threads').parentPort.postMessage('flipped');
      for (;;);
    },
  };
  worker.once('online', ends[end] ?? (() => flip('unref')));
}
