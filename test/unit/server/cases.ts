// A few lines for each rule: some in which it is found, and healthy twins of them. `//! rule` marks the lines.

/** Text by the names of files. */
export type Files = Record<string, string>;

const CJS = `const { Worker, isMainThread, parentPort, workerData, BroadcastChannel } = require('node:worker_threads');
const fs = require('node:fs');
`;
const WRITER = `const fs = require('fs');\nsetInterval(() => fs.appendFile('log', 'x', () => {}), 10);\n`;
const LISTENER = `const { parentPort } = require('worker_threads');\nparentPort.on('message', () => {});\n`;
const BUSY = `setInterval(() => {}, 100);\n`;
const QUIET = `console.log('done');\n`;
const start = (file: string, options = ''): string =>
  `new Worker(require.resolve('./${file}'), { name: 'a'${options} })`;

export const CASES: Record<string, Record<string, Files>> = {
  'cut-off-while-writing': {
    'a daemon that writes on its own': {
      'main.js': `${CJS}const log = ${start('w.js')};\nlog.unref(); //! cut-off-while-writing\n`,
      'w.js': WRITER,
    },
    'by a chain of calls, in an ES module, with a stream, of TypeScript that is built': {
      'main.mts': `import { Worker } from 'node:worker_threads';
new Worker(new URL('./w.js', import.meta.url), { name: 'a' }).on('error', () => {}).unref(); //! cut-off-while-writing
`,
      'w.ts': `import { createWriteStream } from 'node:fs';\nconst out = createWriteStream('log');\nsetInterval(() => out.write('x'), 1);\n`,
    },
    'by a function that starts it, whose parameter names the file': {
      'main.js': `${CJS}const path = require('path');
const begin = (name, options) => new Worker(path.join(__dirname, \`\${name}.js\`), { name, ...options });
const log = begin('w');
const other = begin('q');
log.unref(); //! cut-off-while-writing
other.unref();
`,
      'w.js': WRITER,
      'q.js': QUIET,
    },
    'by a constant of another module': {
      'main.mjs': `import { Worker } from 'node:worker_threads';
import { WRITER, others } from './paths.js';
new Worker(WRITER, { name: 'a' }).on('error', () => {}).unref(); //! cut-off-while-writing
new Worker(others.QUIET, { name: 'b' }).unref();
`,
      'paths.js': `import { LOG } from './deep/more.mjs';
export const WRITER = LOG;
export let others = { QUIET: './w.js' };
`,
      'deep/more.mjs': `const LOG = new URL('../w.js', import.meta.url);\nexport { LOG };\n`,
      'w.js': WRITER,
    },
    'by constants that are properties, defaults, or given on by other modules': {
      'main.mjs': `import { Worker } from 'node:worker_threads';
import { LOG, PATHS } from './all.js';
import other from './default.mjs';
const OWN = { log: new URL('./w.js', import.meta.url) };
const named = { quiet: './q.js' };
new Worker(LOG, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(PATHS.log, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(other, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(OWN.log, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(PATHS.other, { name: 'a' }).unref();
new Worker(named.quiet, { name: 'a' }).unref();
`,
      'all.js': `export * from './none.js';\nexport { WRITER as LOG } from './paths.js';\nexport * from './paths.js';\n`,
      'paths.js': `export const WRITER = new URL('./w.js', import.meta.url);\nexport const PATHS = { log: WRITER };\n`,
      'none.js': `export const PATH = 1;\n`,
      'default.mjs': `export default import.meta.dirname + '/w.js';\n`,
      'q.js': QUIET,
      'w.js': WRITER,
    },
    'by a constant of a module in CommonJS': {
      'main.js': `${CJS}const { writer } = require('./paths');
const log = new Worker(writer, { name: 'a' });
log.unref(); //! cut-off-while-writing
`,
      'paths.js': `const path = require('path');\nmodule.exports = { writer: path.join(__dirname, 'w.js') };\n`,
      'w.js': WRITER,
    },
    'near: constants of modules that name each other, or nothing': {
      'main.js': `${CJS}const { one } = require('./a');\nnew Worker(one, { name: 'a' }).unref();\nnew Worker(require('./gone').two, { name: 'b' }).unref();\n`,
      'a.js': `exports.one = require('./b').one;\n`,
      'b.js': `exports.one = require('./a').one;\n`,
    },
    'in a private field': {
      'main.js': `${CJS}class Log {
  #worker = ${start('w.js')};
  close() {
    this.#worker.unref(); //! cut-off-while-writing
  }
}
module.exports = Log;
`,
      'w.js': WRITER,
    },
    'what it is sent, without an answer': {
      'main.js': `${CJS}const log = ${start('w.js')};\nlog.unref(); //! cut-off-while-writing\nlog.postMessage('a');\n`,
      'w.js': `const { parentPort } = require('worker_threads');
const fs = require('fs');
parentPort.on('message', (line) => fs.appendFileSync('log', line));
`,
    },
    'near: it answers, so main may wait for that': {
      'main.js': `${CJS}const log = ${start('w.js')};\nlog.unref();\nlog.postMessage('a');\n`,
      'w.js': `const { parentPort } = require('worker_threads');
const fs = require('fs');
parentPort.on('message', (line) => fs.appendFile('log', line, () => parentPort.postMessage('written')));
`,
    },
    'near: it keeps the process alive': { 'main.js': `${CJS}${start('w.js')};\n`, 'w.js': WRITER },
    'near: it is ref’d again': {
      'main.js': `${CJS}const log = ${start('w.js')};\nlog.unref();\nlog.ref();\n`,
      'w.js': WRITER,
    },
    'near: it only reads': {
      'main.js': `${CJS}${start('w.js')}.unref();\n`,
      'w.js': `const fs = require('fs');\nsetInterval(() => fs.readFileSync('log'), 10);\n`,
    },
    'near: unref() after it has answered': {
      'main.js': `${CJS}const log = ${start('w.js')};\nlog.on('message', () => log.unref());\n`,
      'w.js': WRITER,
    },
    'near: what writes in the same file is main': {
      'main.js': `${CJS}if (isMainThread) {
  new Worker(__filename, { name: 'a' }).unref();
  fs.writeFileSync('log', 'x');
} else {
  console.log('work');
}
`,
    },
    'near: it is no worker of Node’s': {
      'main.js': `const { Worker } = require('some-package'); // worker_threads\nnew Worker(require.resolve('./w.js')).unref();\n`,
      'w.js': WRITER,
    },
  },
  'unref-undone': {
    'a listener after it': {
      'main.js': `${CJS}const worker = ${start('q.js')};
worker.unref();
worker.on('message', (value) => console.log(value)); //! unref-undone
worker.postMessage(1);
`,
      'q.js': QUIET,
    },
    'with once, and with onmessage': {
      'main.js': `${CJS}function one() {
  const worker = ${start('q.js')};
  worker.unref();
  worker.once('message', () => {}); //! unref-undone
}
function two() {
  const worker = ${start('q.js')};
  worker.unref();
  worker.onmessage = () => {}; //! unref-undone
}
`,
      'q.js': QUIET,
    },
    'near: unref() after it': {
      'main.js': `${CJS}const worker = ${start('q.js')};\nworker.on('message', () => {});\nworker.unref();\n`,
      'q.js': QUIET,
    },
    'near: unref() once more': {
      'main.js': `${CJS}const worker = ${start('q.js')};\nworker.unref();\nworker.on('message', () => {});\nworker.unref();\n`,
      'q.js': QUIET,
    },
    'near: another event, and another worker': {
      'main.js': `${CJS}const worker = ${start('q.js')};
const other = ${start('q.js')};
worker.unref();
worker.on('exit', () => {});
other.on('message', () => {});
`,
      'q.js': QUIET,
    },
    'near: it is meant to be waited for from then on': {
      'main.js': `${CJS}const worker = ${start('q.js')};\nworker.unref();\nfunction ask() {\n  worker.ref();\n  worker.once('message', () => worker.unref());\n}\n`,
      'q.js': QUIET,
    },
  },
  'terminate-after-post': {
    'one after the other': {
      'main.js': `${CJS}const worker = ${start('q.js')};\nworker.postMessage('save');\nworker.terminate(); //! terminate-after-post\n`,
      'q.js': QUIET,
    },
    'after a loop that posts': {
      'main.js': `${CJS}const worker = ${start('q.js')};
function stop() {
  for (const part of ['a', 'b']) worker.postMessage(part);
  void worker.terminate(); //! terminate-after-post
}
`,
      'q.js': QUIET,
    },
    'near: an answer is awaited': {
      'main.js': `${CJS}const { once } = require('events');
const worker = ${start('q.js')};
async function stop() {
  worker.postMessage('save');
  await once(worker, 'exit');
  await worker.terminate();
}
`,
      'q.js': QUIET,
    },
    'near: it waits for the worker on shared memory': {
      'main.js': `${CJS}const flag = new Int32Array(new SharedArrayBuffer(4));
const worker = ${start('q.js', ', workerData: flag')};
worker.postMessage('save');
Atomics.wait(flag, 0, 0, 1000);
worker.terminate();
`,
      'q.js': QUIET,
    },
    'near: in another branch': {
      'main.js': `${CJS}const worker = ${start('q.js')};
function stop(now) {
  if (now) return worker.terminate();
  worker.postMessage('save');
}
`,
      'q.js': QUIET,
    },
  },
  'unread-messages': {
    'process.exit() comes at once': {
      'main.js': `${CJS}const worker = ${start('q.js')};\nworker.postMessage('save'); //! unread-messages\nprocess.exit(0);\n`,
      'q.js': QUIET,
    },
    'near: it waits for the answer': {
      'main.js': `${CJS}const worker = ${start('q.js')};\nworker.postMessage('save');\nworker.on('message', () => process.exit(0));\n`,
      'q.js': QUIET,
    },
  },
  'exit-with-live-workers': {
    'right after the start, and from a timer': {
      'main.js': `${CJS}function one() {
  const worker = ${start('b.js')};
  worker.postMessage(1); //! unread-messages
  process.exit(0); //! exit-with-live-workers
}
function two() {
  ${start('b.js')};
  setTimeout(() => process.exit(0), 1000); //! exit-with-live-workers
}
`,
      'b.js': BUSY,
    },
    'in the handler of a signal, which forgets the worker': {
      'main.js': `${CJS}const worker = ${start('b.js')};
worker.on('message', console.log);
process.on('SIGTERM', () => process.exit(0)); //! exit-with-live-workers
`,
      'b.js': BUSY,
    },
    'before the end that terminate() begins': {
      'main.js': `${CJS}const worker = ${start('l.js')};
worker.on('exit', (code) => console.log('ended', code));
process.on('SIGINT', () => {
  worker.terminate();
  process.exit(1); //! exit-with-live-workers
});
`,
      'l.js': LISTENER,
    },
    'before the end that terminate() begins, where it can be awaited': {
      'main.js': `${CJS}async function quit() {
  const worker = ${start('q.js')};
  worker.on('exit', () => console.log('ended'));
  worker.terminate();
  process.exit(0); //! exit-with-live-workers
}
`,
      'q.js': QUIET,
    },
    'near: terminate() is awaited, or nobody listens for the end': {
      'main.js': `${CJS}const worker = ${start('l.js')};
worker.on('exit', (code) => console.log('ended', code));
process.on('SIGINT', async () => {
  await worker.terminate();
  process.exit(1);
});
const other = ${start('l.js')};
process.on('SIGTERM', () => {
  other.terminate();
  process.exit(1);
});
`,
      'l.js': LISTENER,
    },
    'near: in the handler of a signal, which tells the worker or waits': {
      'main.js': `${CJS}const worker = ${start('b.js')};
process.on('SIGTERM', () => {
  worker.postMessage('stop');
  setTimeout(() => process.exit(0), 1000).unref();
});
process.once('SIGINT', async () => {
  await save();
  process.exit(0);
});
`,
      'b.js': BUSY,
    },
    'near: the worker has nothing of its own to do': {
      'main.js': `${CJS}${start('l.js')};\nsetTimeout(() => process.exit(0), 1000);\n`,
      'l.js': LISTENER,
    },
    'near: it is told that the worker is done': {
      'main.js': `${CJS}const worker = ${start('b.js')};\nworker.on('exit', () => process.exit(0));\n`,
      'b.js': BUSY,
    },
    'near: it is awaited': {
      'main.js': `${CJS}const { once } = require('events');
async function run() {
  const worker = ${start('b.js')};
  await once(worker, 'message');
  process.exit(0);
}
`,
      'b.js': BUSY,
    },
  },
  'lost-with-owner': {
    'a worker exits, whose own has work': {
      'main.js': `${CJS}${start('w.js')};\n`,
      'w.js': `const { Worker } = require('worker_threads');
new Worker(require.resolve('./b.js'), { name: 'b' }); //! lost-with-owner
process.exit(0);
`,
      'b.js': BUSY,
    },
    'near: that one waits only': {
      'main.js': `${CJS}${start('w.js')};\n`,
      'w.js': `const { Worker } = require('worker_threads');\nnew Worker(require.resolve('./l.js'), { name: 'l' });\nprocess.exit(0);\n`,
      'l.js': LISTENER,
    },
  },
  'held-by-worker': {
    'nobody speaks to it, nobody ends it': {
      'main.js': `${CJS}${start('l.js')}; //! held-by-worker\n`,
      'l.js': LISTENER,
    },
    'a pool that is never ended': {
      'main.js': `const workerpool = require('workerpool');
const pool = workerpool.pool(); //! held-by-worker
pool.exec('add', [1, 2]).then(console.log);
`,
    },
    'near: it is terminated, unref’d, asked, or given away': {
      'main.js': `${CJS}const one = ${start('l.js')};
setTimeout(() => one.terminate(), 100);
${start('l.js')}.unref();
${start('l.js')}.postMessage('end');
module.exports = ${start('l.js')};
`,
      'l.js': LISTENER,
    },
    'near: a server holds the process anyway': {
      'main.js': `${CJS}require('http').createServer().listen(80);\n${start('l.js')};\n`,
      'l.js': LISTENER,
    },
    'near: the worker ends by itself': {
      'main.js': `${CJS}${start('l.js')};\n`,
      'l.js': `const { parentPort } = require('worker_threads');\nparentPort.on('message', () => parentPort.close());\n`,
    },
    'a thread of threads that is never ended': {
      'main.mjs': `import { spawn, Thread, Worker } from 'threads';
const add = await spawn(new Worker('./w')); //! held-by-worker
console.log(await add(1, 2));
const { sum } = await spawn(new Worker('./w'));
const other = await spawn(new Worker('./w'));
console.log(await other(1, 2));
await Thread.terminate(other);
const third = await spawn(new Worker('./w')); //! held-by-worker
Thread.events(third).subscribe(console.log);
`,
      'w.js': `import { expose } from 'threads/worker';\nexpose((a, b) => a + b);\n`,
    },
    'near: the pool is ended': {
      'main.js': `const workerpool = require('workerpool');
const pool = workerpool.pool();
pool.exec('add', [1, 2]).then(() => pool.terminate());
`,
    },
  },
  'held-by-port': {
    'nobody closes it': {
      'main.js': `${CJS}const news = new BroadcastChannel('news'); //! held-by-port\nnews.postMessage('a');\n`,
    },
    'a port that is listened on, of a channel that nobody closes': {
      'main.js': `${CJS}const { port1, port2 } = new MessageChannel();
port1.on('message', console.log); //! held-by-port
port2.postMessage(1);
`,
      'main.mjs': `import { MessageChannel } from 'node:worker_threads';
const channel = new MessageChannel();
channel.port2.onmessage = () => {}; //! held-by-port
channel.port1.postMessage(1);
`,
    },
    'near: either end is closed or unref’d, goes to a worker, or hears one message': {
      'main.js': `${CJS}const { MessageChannel } = require('worker_threads');
const one = new MessageChannel();
one.port1.on('message', () => one.port2.close());
const { port1, port2 } = new MessageChannel();
port1.on('message', console.log);
${start('l.js')}.postMessage({ port2 }, [port2]);
const { port1: here, port2: there } = new MessageChannel();
here.on('message', console.log).unref();
there.postMessage(1);
const last = new MessageChannel();
last.port1.once('message', console.log);
last.port2.postMessage(1);
`,
      'l.js': LISTENER,
    },
    'near: it is closed, unref’d, or given away': {
      'main.js': `${CJS}const one = new BroadcastChannel('news');
one.onmessage = () => one.close();
new BroadcastChannel('news').unref();
module.exports = new BroadcastChannel('news');
`,
    },
    'near: in a worker, which others may end': {
      'main.js': `${CJS}if (!isMainThread) new BroadcastChannel('news').onmessage = () => {};\n`,
    },
  },
  'unhandled-worker-error': {
    'its script throws': {
      'main.js': `${CJS}${start('t.js')}; //! unhandled-worker-error\n`,
      't.js': `const { workerData } = require('worker_threads');\nif (!workerData) throw new Error('no data');\n`,
    },
    'its script stands in a string': {
      'main.js': `${CJS}new Worker('throw new Error("no")', { eval: true, name: 'a' }); //! unhandled-worker-error
new Worker(\`\${unknown}\`, { eval: true, name: 'a' });
`,
    },
    'others of its events are heard': {
      'main.js': `${CJS}const worker = ${start('q.js')}; //! unhandled-worker-error
worker.on('message', console.log);
const other = ${start('q.js')}; //! unhandled-worker-error
other.on('exit', console.log).unref();
`,
      'q.js': QUIET,
    },
    'near: nothing of it is heard, or all, or the promise around it is to be settled': {
      'main.js': `${CJS}${start('q.js')}.unref();
exports.run = () => new Promise((resolve, reject) => {
  ${start('q.js')}.on('message', resolve); //! unsettled-promise
});
const worker = ${start('q.js')};
worker.on('message', console.log).on('error', console.error);
`,
      'q.js': QUIET,
    },
    'near: somebody listens, or may': {
      'main.js': `${CJS}${start('t.js')}.on('error', () => {});
const one = ${start('t.js')};
one.onerror = () => {};
for (const event of ['error']) {
  const two = ${start('t.js')};
  two.on(event, () => {});
}
module.exports = ${start('t.js')};
`,
      't.js': `const { workerData } = require('worker_threads');\nif (!workerData) throw new Error('no data');\n`,
    },
    'near: by events.once, which rejects': {
      'main.js': `${CJS}const { once } = require('events');
const worker = ${start('t.js')};
once(worker, 'exit');
`,
      't.js': `throw new Error('no');\n`,
    },
    'near: its script catches what it throws, or throws to its own callers': {
      'main.js': `${CJS}${start('t.js')};\n`,
      't.js': `const fail = () => {\n  throw new Error('a');\n};\ntry {\n  throw new Error('b');\n} catch {\n  fail;\n}\n`,
    },
  },
  'worker-file-not-found': {
    'there is no such file': {
      'main.js': `${CJS}new Worker(require.resolve('./no.js'), { name: 'a' }); //! worker-file-not-found
new Worker('./no.js', { name: 'a' }); //! worker-file-not-found
`,
    },
    'it lies beside the file, not in the working directory': {
      'inner/main.js': `${CJS}new Worker('./q.js', { name: 'a' }); //! worker-file-not-found\n`,
      'inner/q.js': QUIET,
    },
    'near: it is there, is TypeScript that is built, or is for a build to make': {
      'main.js': `${CJS}new Worker('./q.js', { name: 'a' });
new Worker(new URL('./t.js', 'file://' + __filename), { name: 'a' });
new Worker(require.resolve('../there-is-no-such-folder/w.js'), { name: 'a' });
new Worker(unknown, { name: 'a' });
`,
      'q.js': QUIET,
      't.ts': QUIET,
    },
    'without its ending, which only require.resolve() adds': {
      'main.js': `${CJS}new Worker(require.resolve('./q'), { name: 'a' });
const path = require('path');
new Worker(path.join(__dirname, 'q'), { name: 'a' }); //! worker-file-not-found
`,
      'q.js': QUIET,
    },
    'the script of a pool, or of a transport': {
      'pools.js': `const { Piscina } = require('piscina');
new Piscina({ filename: require.resolve('./no.js') }); //! worker-file-not-found
const workerpool = require('workerpool');
workerpool.pool(__dirname + '/no.js').terminate(); //! worker-file-not-found
const { FixedThreadPool, DynamicThreadPool } = require('poolifier');
new FixedThreadPool(4, require.resolve('./no')); //! worker-file-not-found
new DynamicThreadPool(1, 4, \`\${__dirname}/no.js\`); //! worker-file-not-found
const { StaticPool } = require('node-worker-threads-pool');
new StaticPool({ size: 1, task: __dirname + '/no.js' }); //! worker-file-not-found
`,
      'others.mjs': `import { spawn, Worker } from 'threads';
import { createSyncFn } from 'synckit';
import { Worker as Jest } from 'jest-worker';
import pino from 'pino';
import Bree from 'bree';
export const read = spawn(new Worker('./no')); //! worker-file-not-found
export const format = createSyncFn(new URL('./no.js', import.meta.url)); //! worker-file-not-found
new Jest(new URL('./no.js', import.meta.url), { enableWorkerThreads: true }).end(); //! worker-file-not-found
pino({ transport: { target: './no.mjs' } }); //! worker-file-not-found
export const to = pino.transport({
  targets: [
    { target: './no' }, //! worker-file-not-found
    { target: 'pino-pretty' },
  ],
});
export const bree = new Bree({
  root: new URL('./', import.meta.url).pathname,
  jobs: [
    'no', //! worker-file-not-found
    { name: 'none', interval: '5m' }, //! worker-file-not-found
    { name: 'other', path: import.meta.dirname + '/no.mjs' }, //! worker-file-not-found
    { name: 'q' },
  ],
});
`,
      'q.js': QUIET,
    },
    'of a pool, which looks for it in the working directory': {
      'inner/main.js': `const Piscina = require('piscina');
const workerpool = require('workerpool');
new Piscina({ filename: './q.js' }); //! worker-file-not-found
workerpool.pool('./q.js').terminate(); //! worker-file-not-found
`,
      'inner/q.js': QUIET,
    },
    'near: pools whose scripts are there, are functions, or run in processes': {
      'main.js': `const { Piscina } = require('piscina');
const workerpool = require('workerpool');
const { Worker } = require('jest-worker');
const { StaticPool } = require('node-worker-threads-pool');
const threads = require('threads');
const pino = require('pino');
const Bree = require('bree');
new Piscina({ filename: __filename });
new Piscina({ filename: './q.js' });
new Piscina({ filename: unknown });
workerpool.pool('./q.js').terminate();
workerpool.pool('./no.js', { workerType: 'process' }).terminate();
new Worker(require.resolve('./no.js')).end();
new StaticPool({ size: 1, task: (n) => n + 1 }).destroy();
new threads.Worker('./t');
pino({ transport: { target: 'pino/file' } });
pino.transport({ pipeline: [{ target: './q.js' }, { target: someOther }] });
new Bree({ root: false, jobs: [{ name: 'a', path: () => {} }] });
new Bree({ root: __dirname, defaultExtension: 'ts', jobs: ['t', { name: 'q.js' }] });
`,
      'q.js': QUIET,
      't.ts': QUIET,
    },
    'near: it may be missing': {
      'main.js': `${CJS}try {
  new Worker(require.resolve('./no.js'), { name: 'a' });
  new Worker('./no.js', { name: 'a' });
} catch {}
`,
    },
  },
  'no-loader': {
    'for a Node that cannot run TypeScript': {
      'package.json': `{ "engines": { "node": ">=20.11" } }`,
      'main.mts': `import { Worker } from 'node:worker_threads';
new Worker(new URL('./q.ts', import.meta.url), { name: 'a' }); //! no-loader
new Worker(new URL('./q.js', import.meta.url), { name: 'a' });
new Worker(new URL('./q.ts', import.meta.url), { name: 'a', execArgv: ['--import', 'tsx'] });
`,
      'q.ts': QUIET,
    },
    'near: a newer Node': {
      'package.json': `{ "engines": { "node": "^22.18.0 || >=24" } }`,
      'main.mts': `import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./q.ts', import.meta.url), { name: 'a' });\n`,
      'q.ts': QUIET,
    },
    'near: a loader, or no word of the version': {
      'package.json': `{ "engines": { "node": ">=20" }, "devDependencies": { "tsx": "4" } }`,
      'main.mts': `import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./q.ts', import.meta.url), { name: 'a' });\n`,
      'q.ts': QUIET,
    },
  },
  'unsettled-promise': {
    'nothing listens to the end': {
      'main.js': `${CJS}const run = () =>
  new Promise((resolve, reject) => {
    const worker = ${start('q.js')};
    worker.on('message', resolve); //! unsettled-promise
    worker.on('error', reject);
  });
`,
      'q.js': QUIET,
    },
    'of a chain, and of an executor that cannot reject': {
      'main.js': `${CJS}const run = () =>
  new Promise((resolve, reject) => {
    ${start('q.js')}.once('message', resolve).once('online', console.log); //! unsettled-promise
  });
const other = () => new Promise((resolve) => void ${start('q.js')}.once('message', resolve)); //! unsettled-promise
`,
      'q.js': QUIET,
    },
    'near: the end is listened to': {
      'main.js': `${CJS}const run = () =>
  new Promise((resolve, reject) => {
    const worker = ${start('q.js')};
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => code && reject(new Error(code)));
  });
`,
      'q.js': QUIET,
    },
    'near: the message settles nothing': {
      'main.js': `${CJS}const run = () =>
  new Promise((resolve) => {
    const worker = ${start('q.js')};
    worker.on('message', () => console.log('a message'));
    worker.on('online', resolve);
  });
`,
      'q.js': QUIET,
    },
  },
  'process-only-api': {
    'in a worker': {
      'main.js': `${CJS}${start('w.js')};
if (!isMainThread) {
  process.umask(0o22); //! process-only-api
}
process.chdir('/');
`,
      'w.js': `process.chdir('/'); //! process-only-api\n`,
    },
    'in the script of a pool': {
      'main.js': `const Piscina = require('piscina');\nnew Piscina({ filename: require.resolve('./task.js') });\n`,
      'task.js': `module.exports = () => process.chdir('/'); //! process-only-api\n`,
      'own.js': `const workerpool = require('workerpool');
workerpool.worker({ go: () => process.setuid(1) }); //! process-only-api
`,
    },
    'near: in the script of a pool of processes': {
      'main.js': `const { Worker } = require('jest-worker');\nnew Worker(require.resolve('./task.js')).end();\n`,
      'task.js': `module.exports = () => process.chdir('/');\n`,
    },
    'near: in main, and what only asks': {
      'main.js': `${CJS}process.chdir('/');\nif (!isMainThread) console.log(process.umask(), process.cwd());\n`,
    },
  },
  'signal-in-worker': {
    'in a worker': {
      'w.js': `const { parentPort } = require('worker_threads');
process.on('SIGTERM', () => parentPort.close()); //! signal-in-worker
`,
    },
    'near: in a transport that is a program of its own, too': {
      'main.js': `require('pino').transport({ target: './sink.js' });\n`,
      'sink.js': `function program() {
  process.on('SIGTERM', () => process.exit());
}
if (require.main === module) program();
else module.exports = () => process.stdout;
`,
    },
    'near: in main, and another event': {
      'main.js': `${CJS}if (isMainThread) process.on('SIGTERM', () => process.exit());\nelse process.on('exit', () => {});\n`,
    },
  },
  'unresponsive-worker': {
    'a loop without an end': {
      'w.js': `const { parentPort } = require('worker_threads');
for (;;) parentPort.postMessage(1); //! unresponsive-worker
`,
    },
    'a loop without an end in a function': {
      'w.js': `const { parentPort } = require('worker_threads');
const spin = () => {
  while (true) parentPort.postMessage(1); //! unresponsive-worker
};
spin();
`,
    },
    'in a string': {
      'main.js': `${CJS}new Worker('for (;;);', { eval: true, name: 'a' }); //! unresponsive-worker\n`,
    },
    'near: it waits, it ends, or it is in main': {
      'main.js': `${CJS}if (isMainThread) {
  for (;;);
} else {
  (async () => {
    for (;;) await new Promise(setImmediate);
  })();
  while (true) {
    if (Math.random() > 0.5) break;
  }
  while (true) Atomics.wait(workerData, 0, 0);
}
`,
    },
  },
  'main-blocked': {
    'without a time limit': {
      'main.js': `${CJS}if (isMainThread) {\n  Atomics.wait(new Int32Array(4), 0, 0); //! main-blocked\n}\n`,
    },
    'in a module that starts the worker': {
      'main.js': `${CJS}const flag = new Int32Array(new SharedArrayBuffer(4));
${start('q.js', ', workerData: flag')};
Atomics.wait(flag, 0, 0); //! main-blocked
`,
      'q.js': QUIET,
    },
    'near: in a file that is a worker by its name': {
      'some.worker.js': `${CJS}const flag = new Int32Array(new SharedArrayBuffer(4));
${start('q.js', ', workerData: flag')};
Atomics.wait(flag, 0, 0);
`,
      'q.js': QUIET,
    },
    'near: with one, and in the worker': {
      'main.js': `${CJS}if (isMainThread) Atomics.wait(new Int32Array(4), 0, 0, 100);\nelse Atomics.wait(workerData, 0, 0);\n`,
    },
  },
  'uncloneable-value': {
    'functions in what is posted': {
      'main.js': `${CJS}const log = () => {};
function done() {}
const worker = ${start('q.js', ', workerData: { on: [Symbol()] }')}; //! uncloneable-value
worker.postMessage({ a: 1, log() {} }); //! uncloneable-value
worker.postMessage([done]); //! uncloneable-value
parentPort.postMessage(() => {}); //! uncloneable-value
`,
      'q.js': QUIET,
    },
    'near: plain data, and calls': {
      'main.js': `${CJS}function done() {}
const worker = ${start('q.js', ', workerData: done()')};
worker.postMessage({ a: done(), b: [1].map((one) => one) });
`,
      'q.js': QUIET,
    },
  },
  'transferred-pooled-buffer': {
    'of a small buffer': {
      'main.js': `${CJS}const line = Buffer.from('a line');
const worker = ${start('q.js')};
worker.postMessage(line, [line.buffer]); //! transferred-pooled-buffer
`,
      'q.js': QUIET,
    },
    'near: memory of its own': {
      'main.js': `${CJS}const own = Buffer.alloc(10);
const view = Buffer.from(new ArrayBuffer(8));
const worker = ${start('q.js')};
worker.postMessage(own, [own.buffer]);
worker.postMessage(view, [view.buffer]);
`,
      'q.js': QUIET,
    },
  },
  'message-backlog': {
    'a timer that posts in a loop, and nobody listens': {
      'main.js': `${CJS}const worker = ${start('q.js')};
setInterval(() => {
  for (let i = 0; i < 20; i++) worker.postMessage(i); //! message-backlog
}, 20);
`,
      'q.js': QUIET,
    },
    'near: one burst, one a tick, or answers': {
      'main.js': `${CJS}const worker = ${start('q.js')};
for (let i = 0; i < 20; i++) worker.postMessage(i);
setInterval(() => worker.postMessage('tick'), 1000);
const asked = ${start('q.js')};
asked.on('message', () => {});
setInterval(() => {
  for (let i = 0; i < 20; i++) asked.postMessage(i);
}, 20);
`,
      'q.js': QUIET,
    },
  },
  'task-cut-off': {
    'nobody waits for the task': {
      'main.js': `const Piscina = require('piscina');
const pool = new Piscina({ filename: 'x' });
pool.run({ a: 1 }); //! task-cut-off
`,
      'main.mjs': `import { Tinypool } from 'tinypool';
const pool = new Tinypool({ filename: 'x' });
void pool.run({ a: 1 }); //! task-cut-off
`,
    },
    'process.exit() comes first': {
      'main.js': `const workerpool = require('workerpool');
const pool = workerpool.pool('./w.js');
function quit() {
  pool.exec('save', []).then(console.log); //! task-cut-off
  process.exit(0);
}
`,
      'w.js': QUIET,
      'main.mjs': `import Piscina from 'piscina';
const pool = new Piscina({ filename: 'x' });
const result = pool.run({}); //! task-cut-off
process.exit(0);
`,
    },
    'near: process.exit() once it is done': {
      'main.js': `const workerpool = require('workerpool');
const pool = workerpool.pool('./w.js');
async function quit() {
  const saved = pool.exec('save', []);
  await saved;
  process.exit(0);
}
function later() {
  pool.exec('save', []).then(() => process.exit(0));
}
pool.terminate();
`,
      'w.js': QUIET,
    },
    'near: it is awaited, or the pool is': {
      'main.js': `const Piscina = require('piscina');
const pool = new Piscina({ filename: 'x' });
const one = async () => await pool.run({ a: 1 });
const two = () => pool.run({ a: 1 });
const other = new Piscina({ filename: 'x' });
other.run({ a: 1 });
other.close();
`,
    },
  },
  'thread-churn': {
    'a thread for each request': {
      'main.js': `${CJS}require('http').createServer((request, response) => {
  const worker = ${start('q.js')}; //! thread-churn
  worker.on('message', (text) => response.end(text));
});
app.get('/image', (request, response) => {
  ${start('q.js')}.on('message', (text) => response.send(text)); //! thread-churn
});
`,
      'q.js': QUIET,
    },
    'a thread for each request, in a function that the handler is, or calls': {
      'main.js': `${CJS}function handle(request, response) {
  ${start('q.js')}.on('message', (text) => response.end(text)); //! thread-churn
}
require('http').createServer(handle);
const resize = (file) => new Promise((resolve, reject) => {
  const worker = ${start('q.js')}; //! thread-churn
  worker.on('message', resolve).on('exit', resolve).on('error', reject);
});
app.post('/image', async (request, response) => response.send(await resize(request.body)));
`,
      'q.js': QUIET,
    },
    'a thread for each round of a loop, which waits for its end': {
      'main.js': `${CJS}const { once } = require('events');
async function all(files) {
  for (const file of files) {
    const worker = ${start('q.js', ', workerData: file')}; //! thread-churn
    await once(worker, 'exit');
  }
  while (files.length > 0) {
    const worker = ${start('q.js')}; //! thread-churn
    worker.postMessage(files.pop());
    await once(worker, 'message');
    await worker.terminate();
  }
}
async function stream(lines) {
  for await (const line of lines) ${start('q.js', ', workerData: line')}; //! thread-churn
}
`,
      'q.js': QUIET,
    },
    'by a function that is called in a loop': {
      'main.js': `${CJS}const run = (file) => new Promise((resolve, reject) => {
  const worker = ${start('q.js')}; //! thread-churn
  worker.on('error', reject);
  worker.on('exit', resolve);
});
async function all(files) {
  for (const file of files) await run(file);
}
`,
      'q.js': QUIET,
    },
    'near: short loops, tries, and threads that stay': {
      'main.js': `${CJS}const { once } = require('events');
const ready = (file) => new Promise((resolve, reject) => {
  const worker = ${start('q.js')};
  worker.once('message', resolve);
  worker.on('error', reject).on('exit', (code) => console.log(code));
});
async function all(files, count) {
  for (const kind of ['a', 'b']) {
    const worker = ${start('q.js', ', workerData: kind')};
    await once(worker, 'exit');
  }
  for (let i = 0; i < 3; i++) await once(${start('q.js')}, 'exit');
  for (let i = 0; i < count; i++) {
    const worker = ${start('q.js')};
    await once(worker, 'online');
    files.push(worker);
  }
  for (;;) {
    const worker = ${start('q.js')};
    const [answer] = await once(worker, 'message');
    await worker.terminate();
    if (answer) return answer;
  }
  for (const file of files) await ready(file);
}
async function keepAlive() {
  while (!stopping) await once(${start('q.js')}, 'exit');
}
`,
      'q.js': QUIET,
    },
    'near: a few of them, for all': {
      'main.js': `${CJS}for (let i = 0; i < 4; i++) ${start('q.js')};
cache.get('worker', () => ${start('q.js')});
require('http').createServer((request, response) => response.end());
`,
      'q.js': QUIET,
    },
  },
  'unnamed-worker': {
    'options without a name': {
      'main.js': `${CJS}new Worker(require.resolve('./q.js')); //! unnamed-worker
new Worker(require.resolve('./q.js'), { workerData: 1 }); //! unnamed-worker
new Worker(require.resolve('./q.js'), {}); //! unnamed-worker
`,
      'q.js': QUIET,
    },
    'near: a function that has the name of the class': {
      'main.js': `${CJS}const make = function Worker(file) {
  return file ? new Worker(require.resolve('./q.js')) : {};
};
`,
      'q.js': QUIET,
    },
    'returned by a module, which nobody gets': {
      'main.js': `${CJS}if (isMainThread) return new Worker(__filename); //! unnamed-worker\n`,
    },
    'near: with one, or with options that are not known': {
      'main.js': `${CJS}${start('q.js')};\nnew Worker(require.resolve('./q.js'), options);\n`,
      'q.js': QUIET,
    },
  },
};
