// To be seen: a worker fails because the database is locked, nobody listens for that, and main takes down the one that had
// locked it, in its transaction (WiseLibs/better-sqlite3#1396).
// Since: Node 22.
// Exit: error, code 1.
// Threads: 1 error, 1 main-exit.
// Findings: unhandled-worker-error “second” at (second).
// Findings: cut-off-while-holding “first” at (locked).
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');

if (Number.parseInt(process.versions.node) < 22) console.log('this Node has no node:sqlite');
else if (isMainThread) {
  const file = path.join(require('node:os').tmpdir(), `lifelines-${process.pid}.db`);
  process.on('exit', () => fs.rmSync(file, { force: true }));
  const first = new Worker(__filename, { name: 'first', workerData: file }).on('error', console.error);
  first.once('message', () => {
    new Worker(__filename, { name: 'second', workerData: file }); // second
  });
} else {
  const { DatabaseSync } = require('node:sqlite');
  const { threadId } = require('node:worker_threads');
  const db = new DatabaseSync(workerData);
  if (threadId === 1) {
    db.exec('create table t(a)');
    db.exec('begin exclusive');
    parentPort.postMessage('begun');
    setTimeout(() => db.exec('commit'), 5000);
  } else db.exec('insert into t values (1)'); // locked
}
