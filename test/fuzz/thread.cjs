// One thread of a generated program. Main has the plan in the file that its first argument names, and says step by step
// who does what: the word goes down from owner to worker, and the answer up. Its second argument is a folder for files,
// its third says after how many seconds a deadlock is ended.
const { BroadcastChannel, MessageChannel, SHARE_ENV, Worker, ...threads } = require('node:worker_threads');
const { isMainThread, locks, parentPort, threadId, workerData } = threads;
const fs = require('node:fs');
const path = require('node:path');

const folder = isMainThread ? process.argv[3] : workerData.folder;
const ownName = isMainThread ? 'main' : workerData.name;
/** Stands before lines of which the order is chance. */
let lane = '';
/** Whole lines, at once, from every thread. */
const say = (...words) => fs.writeSync(1, `${lane}${words.join(' ')}\n`);
const children = new Map();
/** Those whose end was heard of. */
const ended = new Map();
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

/** Each calls `begun` right after the write, in the same breath. */
const BEGIN_WRITES = {
  callback(file, text, begun) {
    fs.write(fs.openSync(file, 'w'), text, () => {});
    begun();
  },
  async promise(file, text, begun) {
    const handle = await fs.promises.open(file, 'w');
    void handle.write(text);
    begun();
  },
  stream(file, text, begun) {
    const stream = fs.createWriteStream(file);
    const second = () => begun(void stream.write(text));
    stream.write('x', () => setImmediate(second)); // by then it is open
  },
};

const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const answer = () => parentPort.postMessage({});

/** Calls `done` when it was called `count` times. */
const countdown = (count, done) => () => {
  if (--count === 0) done();
};

/** @param count of messages that it posts, to nobody, and ends; else it says that it is ready */
function start({ name, how, count, awaits, dangles }, done) {
  const [source, options] = SOURCES[how.source]();
  const data = { folder, name, count, awaits, dangles };
  const worker = new Worker(source, { name, ...options, ...optionsOf(how), workerData: data }); // starts
  const child = { name, worker, lane: '', answered: done, gone: () => {}, received: 0 };
  children.set(name, child);
  if (how.stdout) worker.stdout.on('data', (text) => sayPrinted(name, String(text)));
  if (count === undefined) hearMessages(child);
  hearEnd(child);
  say('start of', name, worker.threadId);
}

function hearMessages(child) {
  const hear = ({ noise, sleeps }) => {
    if (noise !== undefined) child.received++;
    else if (sleeps) whenAsleep(sleeps, child.answered);
    else child.answered();
  };
  child.worker.on('message', hear); // listens to it
}

const stopHearing = ({ worker }) => worker.removeAllListeners('message'); // stops to listen

function hearEnd(child) {
  const { name, worker } = child;
  worker.on('error', (error) => sayOf(child, 'error of', name, error?.message ?? JSON.stringify(error)));
  worker.on('exit', (code) => {
    sayOf(child, 'exit of', name, code, child.received);
    children.delete(name);
    ended.set(name, worker);
    child.gone();
  });
}

const sayOf = (child, ...words) => fs.writeSync(1, `${child.lane}${words.join(' ')}\n`);

function sayPrinted(name, text) {
  for (const line of text.trim().split('\n')) fs.writeSync(1, `~ ${name} ${line}\n`);
}

function terminate({ child, twice }, done) {
  children.get(child).gone = done;
  for (let i = twice ? 2 : 1; i > 0; i--) void children.get(child).worker.terminate(); // terminates
}

function makeNoise(target, count) {
  for (let i = 0; i < count; i++) target.postMessage({ noise: i });
}

async function storm(count, post) {
  for (let i = 1; i <= count; i++) {
    post({ noise: i });
    if (i % 10 === 0) wait(1);
  }
  const file = path.join(folder, `storm-${threadId}`);
  for (let i = 0; i < 3; i++) await fs.promises.appendFile(file, 'x');
  await fs.promises.unlink(file);
}

const AT_EXIT = {
  nothing() {},
  ref: ({ child }) => children.get(child)?.worker.ref(), // refs when it exits
  post: ({ count }) => makeNoise(parentPort, count),
  'post-down': ({ child, count }) => makeNoise(children.get(child)?.worker ?? { postMessage() {} }, count),
  code: ({ code }) => (process.exitCode = code),
  exit: ({ code }) => process.exit(code),
};

const VALUES = { string: 'thrown', null: null, object: { an: 'object' } };

const RETURNS = {
  close: () => parentPort.close(),
  unref: () => parentPort.unref(),
  off: () => parentPort.off('message', onMessage),
};

const ACTIONS = {
  start,
  crowd({ workers }, done) {
    const ready = countdown(workers.length, done);
    for (const starting of workers) start(starting, ready); // has it started
  },
  flash({ name, how }, done) {
    start({ name, how }, () => {}); // has it started
    terminate({ child: name }, done);
  },
  mute(starting, done) {
    start(starting); // has it started
    children.get(starting.name).gone = done;
  },
  unsettled(starting, done) {
    start({ ...starting, awaits: true }); // has it started
    children.get(starting.name).gone = done;
  },
  dangle(starting, done) {
    start({ ...starting, dangles: true }); // has it started
    children.get(starting.name).gone = done;
  },
  'post-deep'({ count }, done) {
    let deep = {};
    for (let i = 0; i < 5000; i++) deep = { deep };
    for (let i = 0; i < count; i++) parentPort.postMessage(deep);
    done();
  },
  'post-gone': ({ gone, count }, done) => done(makeNoise(ended.get(gone), count)),
  ref({ child }, done) {
    children.get(child).worker.ref(); // refs it
    done();
  },
  unref({ child }, done) {
    children.get(child).worker.unref(); // unrefs it
    done();
  },
  terminate,
  post: ({ child, count }, done) => done(makeNoise(children.get(child).worker, count)),
  'post-up': ({ count }, done) => done(makeNoise(parentPort, count)),
  storm({ children: names, count }, done) {
    const over = countdown(names.length + 1, done);
    const workers = names.map((name) => children.get(name).worker);
    for (const name of names) children.get(name).answered = over;
    for (const worker of workers) makeNoise(worker, count);
    for (const worker of workers) worker.postMessage({ storm: count });
    void storm(count, () => {}).then(over);
  },
  channel({ child, count }, done) {
    const { port1, port2 } = new MessageChannel();
    const last = countdown(count, () => done(port1.close()));
    port1.on('message', last);
    children.get(child).worker.postMessage({ port: port2, count }, [port2]);
  },
  link({ from, to, count }, done) {
    const { port1, port2 } = new MessageChannel();
    children.get(to).answered = done;
    children.get(to).worker.postMessage({ sink: port2, count }, [port2]);
    children.get(from).worker.postMessage({ port: port1, count }, [port1]);
  },
  deafen({ child, count }, done) {
    const { worker } = children.get(child);
    const { port1, port2 } = new MessageChannel();
    stopHearing(children.get(child));
    port1.once('message', () => {
      port1.close();
      hearMessages(children.get(child));
      children.get(child).answered = done;
      worker.postMessage({ calm: true });
    });
    worker.postMessage({ noisy: port2, count }, [port2]);
  },
  once({ child: name }, done) {
    const child = children.get(name);
    const heard = () => done(hearMessages(child));
    stopHearing(child);
    child.worker.once('message', () => setImmediate(heard)); // listens once
    child.worker.postMessage({ calm: true });
  },
  listen(_, done) {
    channel = new BroadcastChannel('fuzz');
    channel.onmessage = () => {};
    channel.unref();
    done();
  },
  unlisten: (_, done) => done(channel.close()),
  broadcast({ count }, done) {
    for (let i = 0; i < count; i++) channel.postMessage(i);
    done();
  },
  wait: ({ ms }, done) => done(wait(ms)),
  sleep: ({ ms }, done) => setTimeout(done, ms),
  'wait-async'({ wakes }, done) {
    const word = new Int32Array(new SharedArrayBuffer(4));
    const { value } = Atomics.waitAsync(word, 0, 0);
    if (!wakes) return done();
    void value.then(() => setImmediate(done));
    Atomics.notify(word, 0);
  },
  lock({ name, mode, keeps }, done) {
    if (!locks) return done();
    const held = () => (keeps ? new Promise(() => done()) : undefined);
    void locks.request(name, { mode }, held).then(() => setImmediate(done)); // asks for a lock
  },
  write({ way, bytes }, done) {
    const file = path.join(folder, `write-${threadId}`);
    WRITES[way](file, 'x'.repeat(bytes), () => {
      say('wrote', fs.statSync(file).size);
      fs.unlinkSync(file);
      done();
    });
  },
  'keep-open'({ file, bytes }, done) {
    fs.open(path.join(folder, file), 'w', (_, fd) => fs.write(fd, 'x'.repeat(bytes), done));
  },
  print({ to, count }, done) {
    for (let i = 0; i < count; i++) (to === 'stdout' ? console.log : console.error)(`~ printed by ${ownName}: ${i}`);
    process[to].write(`~ printed by ${ownName}\n`, done);
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
  'exit-code': ({ code }, done) => done((process.exitCode = code)),
  'exit-handler'(action, done) {
    process.on('exit', (code) => {
      say('exit handler', code);
      AT_EXIT[action.does](action);
    });
    done();
  },
  survive({ error }, done) {
    process.once('uncaughtException', ({ message }, origin) => {
      say('survived', message, origin);
      done();
    });
    if (error === 'throw') ACTIONS.throw({ value: 'error' });
    else ACTIONS.reject();
  },
  hang({ write: { way, file, bytes } = {} }) {
    const block = () => {
      parentPort.postMessage({ sleeps: fs.readlinkSync('/proc/thread-self') });
      wait(); // for ever
    };
    if (way) void BEGIN_WRITES[way](path.join(folder, file), 'x'.repeat(bytes), block);
    else block();
  },
  disband({ ends }, done) {
    const gone = countdown(ends.length, done);
    for (const { child } of ends) Object.assign(children.get(child), { gone, lane: '~ ' });
    for (const { child, end } of ends) children.get(child).worker.postMessage({ path: [], action: end, lane: '~ ' });
  },
  return({ by }) {
    if (isMainThread) clearInterval(stay);
    else RETURNS[by]();
  },
  exit: ({ code }) => process.exit(code), // exits
  throw: ({ value }) =>
    setImmediate(() => {
      throw value === 'error' ? new Error('thrown') : VALUES[value]; // throws
    }),
  reject: () => void Promise.reject(new Error('rejected')), // rejects
  kill: ({ signal }) => process.kill(process.pid, signal),
  ask(starting) {
    start(starting, () => {}); // has it started
    ACTIONS.unref({ child: starting.name }, () => {});
    makeNoise(children.get(starting.name).worker, 1);
    clearInterval(stay);
  },
  deadlock() {
    const kill = `sleep ${process.argv[4]}; kill -TERM ${process.pid}`;
    require('node:child_process').spawn('sh', ['-c', kill], { detached: true, stdio: 'ignore' }).unref();
    setImmediate(wait); // for ever
  },
};

/** Nobody is told that a thread has begun to wait, so its owner looks whether the system has laid it to sleep. */
function whenAsleep(task, done, sleeping = 0) {
  const state = fs.readFileSync(`/proc/${task}/stat`, 'utf8').split(') ')[1][0];
  if (state === 'S' && sleeping === 3) done();
  else setTimeout(whenAsleep, 1, task, done, state === 'S' ? sleeping + 1 : 0);
}

const ENDS = ['return', 'exit', 'throw', 'reject'];

function step({ path: [next, ...path], action }, done) {
  if (next === undefined) return ACTIONS[action.do](action, done); // has it started
  const child = children.get(next);
  if (path.length === 0 && ENDS.includes(action.do)) child.gone = done;
  else child.answered = done;
  child.worker.postMessage({ path, action });
}

function onMessage(message) {
  const { noise, port, sink, noisy, calm, count } = message;
  if (noise !== undefined) return;
  lane = message.lane ?? '';
  if (message.storm) {
    void storm(message.storm, (noise) => parentPort.postMessage(noise)).then(answer);
  } else if (port) {
    for (let i = 0; i < count; i++) port.postMessage(i);
    port.close();
  } else if (sink) {
    sink.on(
      'message',
      countdown(count, () => answer(sink.close())),
    );
  } else if (noisy) {
    makeNoise(parentPort, count);
    noisy.postMessage('over');
    noisy.close();
  } else if (calm) {
    answer();
  } else {
    step(message, answer); // has it started
  }
}

/** Main waits for daemons too. */
const stay = isMainThread ? setInterval(() => {}, 100_000) : undefined;

if (isMainThread) {
  const { steps } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  const next = () => {
    const planned = steps.shift();
    if (planned) step(planned, () => setImmediate(next)); // has it started
  };
  next(); // has it started
} else if (workerData.count !== undefined) {
  makeNoise(parentPort, workerData.count);
  if (workerData.dangles) void Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0).value.then(answer);
} else {
  parentPort.on('message', onMessage);
  answer();
}
