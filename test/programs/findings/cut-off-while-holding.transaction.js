// To be seen: a daemon that main kills in the middle of a transaction.
// Since: Node 22.
// Exit: returned.
// Threads: 1 main-exit (daemon).
// Findings: cut-off-while-holding “db” at (unref).
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');

const file = path.join(require('node:os').tmpdir(), `lifelines-${process.pid}.db`);
if (Number.parseInt(process.versions.node) < 22) console.log('this Node has no node:sqlite');
else if (isMainThread) {
  const worker = new Worker(__filename, { name: 'db' });
  worker.once('message', () => {
    worker.unref(); // unref
    setTimeout(() => console.log('main is done'), 50);
  });
  process.on('exit', () => fs.rmSync(file, { force: true }));
} else {
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(file);
  db.exec('create table t(a)');
  db.exec('begin'); // begun
  const add = db.prepare('insert into t values (?)');
  let added = 0;
  const more = () => {
    add.run(1);
    if (++added === 3) parentPort.postMessage('begun');
    setImmediate(more);
  };
  more();
}
