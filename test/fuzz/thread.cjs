// One thread of a generated program. Main has the plan in the file that its first argument names, and says step by step
// who does what: the word goes down from owner to worker, and the answer up.
const { BroadcastChannel, MessageChannel, SHARE_ENV, Worker, ...threads } = require('node:worker_threads');
const { isMainThread, parentPort, threadId } = threads;
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Whole lines, at once, from every thread. */
const say = (...words) => fs.writeSync(1, `${words.join(' ')}\n`);
const children = new Map();
let channel;

const SOURCES = {
  file: () => [__filename, {}],
  eval: () => [`require(${JSON.stringify(__filename)})`, { eval: true }],
  module: () => [new URL(`file://${__filename.replace('.cjs', '.mjs')}`), {}],
  data: () => [
    new URL(
      `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; createRequire(${JSON.stringify(__filename)})(${JSON.stringify(__filename)});`)}`,
    ),
    {},
  ],
};

function optionsOf({ env, execArgv, stdout, argv, limits }) {
  return {
    ...(env ? { env: env === 'shared' ? SHARE_ENV : {} } : {}),
    ...(execArgv ? { execArgv: [] } : {}),
    ...(stdout ? { stdout: true } : {}),
    ...(argv ? { argv: ['a', 'b'] } : {}),
    ...(limits ? { resourceLimits: { maxOldGenerationSizeMb: 100 } } : {}),
  };
}

const WRITES = {
  callback: (file, text, done) => fs.open(file, 'w', (_, fd) => fs.write(fd, text, () => fs.close(fd, done))),
  promise: (file, text, done) => fs.promises.writeFile(file, text).then(done),
  stream: (file, text, done) => fs.createWriteStream(file).on('close', done).end(text),
  synchronous: (file, text, done) => done(fs.writeFileSync(file, text)),
};

const blockForEver = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
const answer = () => parentPort.postMessage({});

const ACTIONS = {
  start({ name, how }, done) {
    const [source, options] = SOURCES[how.source]();
    const worker = new Worker(source, { name, ...options, ...optionsOf(how) }); // starts
    const child = { worker, answered: () => {}, gone: () => {}, received: 0 };
    children.set(name, child);
    worker.on('message', ({ noise, sleeps }) => {
      if (noise !== undefined) child.received++;
      else if (sleeps) whenAsleep(sleeps, child.answered);
      else child.answered();
    });
    worker.on('error', (error) => say('error of', name, error.message));
    worker.on('exit', (code) => {
      say('exit of', name, code, child.received);
      children.delete(name);
      child.gone();
    });
    say('start of', name, worker.threadId);
    child.answered = done;
  },
  ref: ({ child }, done) => done(children.get(child).worker.ref()),
  unref: ({ child }, done) => done(children.get(child).worker.unref()),
  terminate({ child }, done) {
    children.get(child).gone = done;
    void children.get(child).worker.terminate();
  },
  post({ child, count }, done) {
    for (let i = 0; i < count; i++) children.get(child).worker.postMessage({ noise: i });
    done();
  },
  'post-up'({ count }, done) {
    for (let i = 0; i < count; i++) parentPort.postMessage({ noise: i });
    done();
  },
  channel({ child, count }, done) {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (i) => {
      if (i < count - 1) return;
      port1.close();
      done();
    });
    children.get(child).worker.postMessage({ port: port2, count }, [port2]);
  },
  listen(_, done) {
    channel = new BroadcastChannel('fuzz');
    channel.onmessage = () => {};
    channel.unref();
    done();
  },
  broadcast({ count }, done) {
    for (let i = 0; i < count; i++) channel.postMessage(i);
    done();
  },
  wait({ ms }, done) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    done();
  },
  write({ way, bytes }, done) {
    const file = path.join(os.tmpdir(), `lifelines-fuzz-${process.pid}-${threadId}`);
    WRITES[way](file, 'x'.repeat(bytes), () => {
      say('wrote', fs.statSync(file).size);
      fs.unlinkSync(file);
      done();
    });
  },
  look(_, done) {
    const workers = [...children.values()].map(({ worker }) => [worker.eventNames().map(String), worker.threadId]);
    say(
      JSON.stringify({
        workers,
        listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
        port: parentPort?.eventNames?.().map(String),
        env: Object.keys(process.env).length,
        argv: process.argv.length,
        execArgv: process.execArgv,
        frames: new Error().stack.split('\n').length,
        globals: Object.getOwnPropertyNames(globalThis).length,
      }),
    );
    done();
  },
  'exit-handler'({ refs }, done) {
    process.on('exit', (code) => {
      say('exit handler', code);
      if (refs) children.get(refs)?.worker.ref();
    });
    done();
  },
  hang({ writing }) {
    if (writing) fs.write(fs.openSync('/dev/null', 'w'), 'unfinished', () => {});
    parentPort.postMessage({ sleeps: fs.readlinkSync('/proc/thread-self') });
    blockForEver();
  },
  return() {
    parentPort?.close();
    clearInterval(stay);
  },
  exit: ({ code }) => process.exit(code),
  throw: () =>
    setImmediate(() => {
      throw new Error('thrown');
    }),
  reject: () => void Promise.reject(new Error('rejected')),
  kill: ({ signal }) => process.kill(process.pid, signal),
};

/** Nobody is told that a thread has begun to wait, so its owner looks whether the system has laid it to sleep. */
function whenAsleep(task, done, sleeping = 0) {
  const state = fs.readFileSync(`/proc/${task}/stat`, 'utf8').split(') ')[1][0];
  if (state === 'S' && sleeping === 3) done();
  else setTimeout(whenAsleep, 1, task, done, state === 'S' ? sleeping + 1 : 0);
}

const ENDS = ['return', 'exit', 'throw', 'reject'];

function step({ path: [next, ...path], action }, done) {
  if (next === undefined) return ACTIONS[action.do](action, done);
  const child = children.get(next);
  if (path.length === 0 && ENDS.includes(action.do)) child.gone = done;
  else child.answered = done;
  child.worker.postMessage({ path, action });
}

/** Main waits for daemons too. */
const stay = isMainThread ? setInterval(() => {}, 100_000) : undefined;

if (isMainThread) {
  const { steps } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  const next = () => {
    const planned = steps.shift();
    if (planned) step(planned, () => setImmediate(next));
  };
  next();
} else {
  parentPort.on('message', (message) => {
    if (message.noise !== undefined) return;
    if (message.port) {
      for (let i = 0; i < message.count; i++) message.port.postMessage(i);
      message.port.close();
      return;
    }
    step(message, answer);
  });
  answer();
}
