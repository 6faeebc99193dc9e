// What a service leaves that starts a thread per request: many short threads from a few lines, as the probe tells of them.
import fs from 'node:fs';

const P = '1-1';
/** Between two starts, in µs. */
const EVERY = 1000;
/** Of so many threads one is terminated, fails, is a daemon, or starts a thread of its own. */
const TERMINATED = 10;
const FAILED = 100;
const DAEMON = 25;
const NESTED = 50;
/** Threads that still run when main exits. */
const CUT_OFF = 8;

const SITES = [12, 40, 77].map((line) => ({ file: '/app/server.js', line, column: 9 }));

/** Batches of events, in the order in which they are heard. @param {number} count of threads @returns {Generator<object[]>} */
export function* threadEvents(count) {
  const head = { k: 'process-start', p: P, tid: 0, q: 0, t: EVERY, v: 1, pid: 1, ppid: 0, runtime: 'node' };
  yield [{ ...head, version: '24.0.0', argv: ['node', 'server.js'], execArgv: [], cwd: '/app', wall: 1e12 }];
  let q = 1;
  for (let id = 1; id <= count; id++) {
    const t = (id + 1) * EVERY;
    const nested = id % NESTED === 0 && id + CUT_OFF < count;
    const own = { p: P, tid: id };
    /** @type {object[]} */
    const events = [];
    const main = (/** @type {object} */ event, /** @type {number} */ at) =>
      events.push({ ...event, p: P, tid: 0, q: q++, t: at });
    main({ k: 'thread-start', id, file: '/app/worker.js', at: SITES[id % SITES.length] }, t);
    events.push({ ...own, k: 'thread-begin', q: 0, t: t + 300 });
    if (id % DAEMON === 0)
      main({ k: 'thread-unref', id, at: { file: '/app/server.js', line: 13, column: 3 } }, t + 310);
    main({ k: 'thread-online', id }, t + 320);
    if (id > count - CUT_OFF) {
      yield events;
      continue;
    }
    let own_q = 1;
    if (nested) {
      const child = ++id;
      const at = { file: '/app/worker.js', line: 5, column: 1 };
      events.push({ ...own, k: 'thread-start', q: own_q++, t: t + 330, id: child, file: '/app/helper.js', at });
      events.push({ p: P, tid: child, k: 'thread-begin', q: 0, t: t + 340 });
    }
    if (own.tid % TERMINATED === 0) {
      main({ k: 'terminate-call', id: own.tid, at: { file: '/app/server.js', line: 90, column: 5 } }, t + 600);
      main({ k: 'thread-exit', id: own.tid, code: 1 }, t + 700);
    } else if (own.tid % FAILED === 3) {
      const error = { name: 'Error', message: 'bad request', at: { file: '/app/worker.js', line: 9, column: 9 } };
      events.push({ ...own, k: 'thread-error', q: own_q++, t: t + 600, id: own.tid, ...error });
      events.push({ ...own, k: 'exiting', q: own_q++, t: t + 610, cause: 'error', code: 1 });
      events.push({ ...own, k: 'exited', q: own_q++, t: t + 620, code: 1 });
      main({ k: 'thread-exit', id: own.tid, code: 1 }, t + 700);
    } else {
      events.push({ ...own, k: 'exiting', q: own_q++, t: t + 600, cause: 'returned', code: 0 });
      events.push({ ...own, k: 'exited', q: own_q++, t: t + 610, code: 0 });
      main({ k: 'thread-exit', id: own.tid, code: 0 }, t + 700);
    }
    yield events;
  }
  const end = (count + 10) * EVERY;
  yield [
    { k: 'exiting', p: P, tid: 0, q: q++, t: end, cause: 'exit-call', code: 0 },
    { k: 'exited', p: P, tid: 0, q: q++, t: end + 10, code: 0 },
    { k: 'process-end', p: P, t: end + 20, how: 'exit-status', code: 0 },
  ];
}

/** Writes them as a recording. @param {string} file @param {number} count */
export function writeThreads(file, count) {
  const fd = fs.openSync(file, 'w');
  let text = `${JSON.stringify({ k: 'recording', v: 1, by: '0.1.0', title: 'server.js', wall: 1e12 })}\n`;
  for (const events of threadEvents(count)) {
    for (const event of events) text += `${JSON.stringify(event)}\n`;
    if (text.length < 1 << 20) continue;
    fs.writeSync(fd, text);
    text = '';
  }
  fs.writeSync(fd, text);
  fs.closeSync(fd);
}
