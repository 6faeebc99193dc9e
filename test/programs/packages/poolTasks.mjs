// Each pool has done one task, and is at another when main ends the process.
import { BroadcastChannel, Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { Worker as JestWorker } from 'jest-worker';
import { Piscina } from 'piscina';
import { Worker as ThreadsWorker, spawn } from 'threads';
import { Tinypool } from 'tinypool';
import workerpool from 'workerpool';

const at = (name) => new URL(`workers/${name}`, import.meta.url);
const filename = at('tasks.js').pathname;
const one = { minThreads: 1, maxThreads: 1 };
const piscina = new Piscina({ filename, ...one });
const tinypool = new Tinypool({ filename: at('tasks.js').href, ...one });
const pool = workerpool.pool(at('workerpoolTasks.js').pathname, { workerType: 'thread', maxWorkers: 1 });
const jest = new JestWorker(filename, { enableWorkerThreads: true, numWorkers: 1, exposedMethods: ['double', 'forever'] });
const threads = await spawn(new ThreadsWorker('./workers/threadsTasks.js'));
const { tasks } = wrap(nodeEndpoint(new Worker(at('comlinkTasks.mjs'))));

const runs = [
  (name) => piscina.run(1, { name }),
  (name) => tinypool.run(1, { name }),
  (name) => pool.exec(name, [1]),
  (name) => jest[name](1),
  (name) => threads[name](1),
  (name) => tasks[name](1),
];
console.log((await Promise.all(runs.map((run) => run('double')))).join());
let begun = 0;
new BroadcastChannel('begun').onmessage = () => {
  if (++begun === runs.length) process.exit();
};
for (const run of runs) void run('forever');
