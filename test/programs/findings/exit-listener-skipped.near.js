// To be seen: listeners for the exit of workers that run, that are taken back, and of which there are none: of one that has
// others only, and of one that main kills.
// Exit: returned.
// Threads: 1 main-exit (daemon), 1 returned, 1 terminate.
// Findings: none.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const start = (name) => new Worker(__filename, { name, workerData: name });
  start('ends').once('exit', () => {
    const removes = start('removes');
    removes.once('message', () => removes.terminate());
    removes.once('exit', () => {
      const others = start('others');
      others.once('message', () => {
        others.unref();
        setTimeout(() => console.log('main is done'), 100);
      });
    });
  });
} else if (workerData === 'ends') {
  process.on('exit', () => console.log('it ran'));
} else {
  parentPort.on('message', () => {});
  process.on('warning', () => {}).once('unhandledRejection', () => {});
  const listener = () => console.log('never');
  if (workerData === 'removes') process.on('exit', listener).off('exit', listener);
  parentPort.postMessage('ready');
}
