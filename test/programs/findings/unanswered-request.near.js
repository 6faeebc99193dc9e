// To be seen: main has every answer of one daemon. The other was only told what to do, and does it until main ends.
// Exit: returned.
// Threads: 2 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const compiler = new Worker(__filename, { name: 'compiler' });
  const watcher = new Worker(__filename, { name: 'watcher', workerData: 'watch' });
  watcher.on('message', (change) => console.log('changed:', change));
  watcher.once('online', () => {
    watcher.postMessage('/tmp');
    watcher.unref();
  });
  compiler.on('message', (css) => {
    compiler.unref();
    console.log('compiled:', css);
    setTimeout(() => {}, 700);
  });
  compiler.postMessage('a { b { color: red } }');
} else if (workerData === 'watch') {
  parentPort.on('message', () => setInterval(() => {}, 100));
} else {
  parentPort.on('message', (source) => parentPort.postMessage(source.replaceAll(' ', '')));
}
