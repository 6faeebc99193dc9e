// To be seen: daemons that main kills after their transactions: committed, rolled back, closed, in memory, by a
// statement, and with a long run of code after the commit.
// Since: Node 22.
// Exit: returned.
// Threads: 6 main-exit (daemon).
// Findings: none.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');

const file = path.join(require('node:os').tmpdir(), `lifelines-near-${process.pid}-`);
const ENDS = {
  committed: (db) => db.exec('commit'),
  'rolled-back': (db) => db.exec('rollback'),
  closed: (db) => db.close(),
  memory: () => {},
  statement: (db) => db.prepare('commit').run(),
  computes: (db) => {
    db.exec('commit');
    parentPort.postMessage('done');
    for (;;);
  },
};
if (Number.parseInt(process.versions.node) < 22) console.log('this Node has no node:sqlite');
else if (isMainThread) {
  const names = Object.keys(ENDS);
  let ready = 0;
  const workers = names.map((name) => new Worker(__filename, { name, workerData: name }));
  for (const worker of workers) {
    worker.once('message', () => {
      if (++ready < names.length) return;
      for (const other of workers) other.unref();
      setTimeout(() => console.log('main is done'), 50);
    });
  }
  process.on('exit', () => names.forEach((name) => fs.rmSync(file + name, { force: true })));
} else {
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(workerData === 'memory' ? ':memory:' : file + workerData);
  db.exec('create table t(a)');
  const add = db.prepare('insert into t values (?)');
  parentPort.on('message', () => {});
  db.exec('begin');
  add.run(1);
  setTimeout(() => {
    add.run(1);
    ENDS[workerData](db);
    parentPort.postMessage('done');
  }, 20);
}
