// What threads do between their lifecycle events: the first comment of each program says what must be seen.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { ProcessFacts } from '../../src/model/facts/facts';
import { TrackLog } from '../../src/model/trackLog';
import { activitiesIn } from '../../src/protocol/activityBatch';
import type { ThreadActivity, ThreadPicture, Traffic } from '../../src/protocol/picture';
import { ACTIVITY_SUFFIX, ACTIVITY_VARIABLE, SPOOL_VARIABLE } from '../../src/protocol/spool';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import { onEach } from '../support/onEach';
import { modelOf, pictureOf, runObserved, type Observed, type RunOptions } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

const SECOND = 1e6;

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-activity-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

onEach(NODE, 'what threads do', (node, major) => {
  let observed: Observed;
  let threads: ThreadPicture[];

  async function see(file: string, options?: RunOptions): Promise<void> {
    observed = await runObserved(node(), file, options);
    const picture = pictureOf(observed);
    assert.equal(observed.damaged, 0, 'every line can be read');
    assert.deepEqual(picture.processes[0]?.problems, []);
    assert.deepEqual(picture.processes[0]?.unseen, [], 'every hook is in place');
    threads = picture.threads;
  }
  const activity = (id: number): ThreadActivity => threads[id]?.activity ?? assert.fail(`no activity of thread ${id}`);

  it('messages with the owner are counted, with those that never came and those that nobody heard', async () => {
    await see(program('messages.js'));
    const { fromOwner, toOwner } = activity(1);
    assert.deepEqual([fromOwner?.posted, fromOwner?.received, fromOwner?.waiting], [5, 2, 3]);
    assert.deepEqual([toOwner?.posted, toOwner?.received, toOwner?.unheard], [2, 2, 1]);
    assert.equal(toOwner?.queue?.count, 2);
    assert.ok(toOwner.queue.longest >= toOwner.queue.mean && toOwner.queue.mean > 0);
  });

  it('messages on broadcast channels, and on a channel of which each worker got a port', async () => {
    await see(program('broadcast.js'));
    assert.deepEqual(activity(0).broadcasts, [{ name: 'news', posted: 2, received: 0, waiting: 0 }]);
    for (const id of [1, 2]) {
      const [{ queue, ...counts }] = activity(id).broadcasts as [ThreadActivity['broadcasts'][0]];
      assert.deepEqual(counts, { name: 'news', posted: 0, received: 2, waiting: 0 });
      assert.equal(queue?.count, 2);
    }
    const talks = activity(1).channels[0]!;
    assert.equal(talks.with, threads[2]?.key, 'its channel leads to the other worker');
    assert.deepEqual([talks.to.posted, talks.to.received, talks.to.waiting, talks.to.queue?.count], [3, 3, 0, 3]);
    assert.deepEqual(activity(2).channels[0]?.from, talks.to);
  });

  it('how long each thread has computed, where Node alone tells it', async () => {
    await see(program('threadTimes.js'), { programArgs: ['darwin'] });
    const [main, worker] = threads.map(({ processorTime }) => processorTime?.time);
    if (major < 22) return assert.deepEqual([main, worker], [undefined, undefined]);
    assert.ok(worker! > SECOND, `worker: ${worker}`);
    assert.ok(main! > 0 && main! < worker!, `main: ${main}`);
  });

  it('nothing of that, where the system tells it', async () => {
    await see(program('threadTimes.js'), { programArgs: ['linux'] });
    assert.deepEqual(
      threads.map(({ processorTime }) => processorTime),
      [undefined, undefined],
    );
  });

  it('messages on a channel of which the worker got a port at its start', async () => {
    await see(program('givenPort.js'));
    const channel = activity(1).channels[0]!;
    assert.equal(channel.with, threads[0]?.key);
    assert.deepEqual([channel.to.received, channel.from.received, channel.from.queue?.count], [3, 3, 3]);
  });

  it('messages on channels of which one port stays, and is closed again', async () => {
    await see(program('keptPorts.js'));
    const between = [1, 2].map((id) => activity(id).channels.map(({ with: other, to, from }) => [other, to, from]));
    const counts = between.map((channels) => channels.map(([other, ...ways]) => [other, ...ways.map(receivedOf)]));
    const [main, upper, lower] = threads.map(({ key }) => key);
    assert.deepEqual(counts, [
      [
        [lower, 0, 3],
        [main, 3, 0],
      ],
      [[upper, 3, 0]],
    ]);
    for (const id of [0, 1, 2]) assert.deepEqual(activity(id).otherPorts, { posted: 0, received: 0 });
  });

  it('the output of an unref’d worker that main reads is told to keep the process alive', async () => {
    await see(program('keptByOutput.js'));
    const alive = pictureOf(observed).processes[0]!.alive!;
    assert.deepEqual(
      alive.holders.map(({ what }) => what),
      ['the output of a worker, which is read'],
    );
  });

  it('waits outside of the loop and long synchronous runs are told', async () => {
    await see(program('blocking.js'));
    const { blocked, blocks, blockedFor, stalls, otherPorts } = activity(0);
    assert.equal(blocked, undefined, 'it waits no more');
    assert.equal(blocks, 3);
    assert.ok(blockedFor >= 0.05 * SECOND, `waited for ${blockedFor} µs`);
    assert.ok(stalls.count >= 1 && stalls.longest >= 0.3 * SECOND, `held up for ${stalls.longest} µs`);
    assert.equal(otherPorts.posted, 1);
    assert.equal(otherPorts.received, undefined, 'what main takes off a port by itself is not known');
  });

  it('writes in flight are told with path and bytes, also those of a worker that was cut off', async () => {
    await see(program('writing.js'));
    const { writing, openFiles } = activity(1);
    const inFlight = writing.map(({ to, bytes }) => [path.basename(to), bytes]);
    assert.deepEqual(inFlight.slice(0, 3), [
      ['callback.txt', 3000],
      ['promise.txt', 2000],
      ['stream.txt', 1000],
    ]);
    assert.equal(inFlight[3]?.[0], 'standard output');
    assert.deepEqual(openFiles.map((file) => path.basename(file.path)).sort(), [
      'callback.txt',
      'finished.txt',
      'promise.txt',
      'stream.txt',
    ]);
  });

  it('what a worker has on its way to the standard output is counted once', async () => {
    await see(program('standardOutput.js'));
    const sent = activity(1).writing.map(({ to, bytes }) => [to, bytes]);
    assert.deepEqual(sent, [['standard output', 1000]]);
  });

  it('loops, heaps and what keeps a loop turning are told of each worker, and how busy its own loop is of main', async () => {
    await see(program('loops.js'));
    assert.ok(activity(0).loop!.busy < 0.9, `main: ${activity(0).loop?.busy}`);
    assert.ok(activity(1).loop!.busy > 0.9, `busy: ${activity(1).loop?.busy}`);
    assert.ok(activity(2).loop!.busy < 0.3, `idle: ${activity(2).loop?.busy}`);
    assert.equal(activity(2).resources?.counts['TCPServerWrap'], 1);
    for (const id of [1, 2]) {
      const { heap } = activity(id);
      if (major < 22) assert.equal(heap, undefined, 'this Node does not tell it');
      else assert.ok(heap!.usedKiB > 500 && heap!.limitKiB > heap!.usedKiB);
    }
  });

  it('main’s loop is told on when its last worker has ended', async () => {
    await see(program('outlivesWorkers.js'));
    const [{ threads: told }] = [...modelOf(observed, true).processes.values()] as [ProcessFacts];
    const last = told.get(0)!.samples.loops.last()!;
    const [main, worker] = threads.map(({ ended }) => ended!.t) as [number, number];
    assert.ok(main - worker > 2 * SECOND && main - last.to < 1.5 * SECOND, `${main - last.to} µs are not known`);
  });

  it('what a ring has no room for is counted as dropped, and counts stay right', async () => {
    await see(program('floods.js'), { env: { [ACTIVITY_VARIABLE]: ':16' } });
    assert.equal(observed.stdout, '20000\n');
    const { toOwner, dropped } = activity(1);
    assert.equal(toOwner?.posted, 20_000);
    assert.ok(dropped > 10_000, `dropped ${dropped}`);
    assert.ok(threads[1]?.ended, 'lifecycle facts stay');
  });

  it('no more is kept on the disk than is allowed: the oldest goes, and what it told is unknown', async () => {
    const options = { env: { [SPOOL_VARIABLE]: folder, [ACTIVITY_VARIABLE]: '0.125:65536' } };
    await see(program('floods.js'), options);
    const files = fs.readdirSync(folder).filter((file) => file.endsWith(ACTIVITY_SUFFIX));
    assert.ok(files.length <= 2, files.join());
    // What the worker posted was told in one piece, larger than all that is allowed, and then main told what it heard.
    const { received, posted, waiting } = activity(1).toOwner!;
    assert.deepEqual([received, posted, waiting], [20_000, undefined, undefined]);
  });

  it('nothing of it is recorded where that is asked for', async () => {
    await see(program('messages.js'), { env: { [SPOOL_VARIABLE]: folder, [ACTIVITY_VARIABLE]: '0' } });
    assert.deepEqual(
      threads.map((thread) => thread.activity),
      [undefined, undefined],
    );
    assert.deepEqual(
      fs.readdirSync(folder).filter((file) => file.endsWith(ACTIVITY_SUFFIX)),
      [],
    );
  });

  it('who woke whom by Atomics.notify(), and none of the calls that woke nobody', async () => {
    await see(program('wakes.js'));
    const woke = wakesIn(observed).map(([by, woken]) => `${by} woke ${woken}`);
    assert.deepEqual(woke, Array.from({ length: 3 }, () => ['1 woke 0', '0 woke 1']).flat());
  });

  it('what was drained before a SIGKILL is there after it', async () => {
    const file = path.join(folder, 'waits.js');
    fs.writeFileSync(file, POSTS_AND_STAYS);
    const drained = (): boolean => {
      const { events } = new SpoolReader(folder).read();
      const told = (tid: number): string[] =>
        events.flatMap((event) =>
          event.k === 'activity' && event.tid === tid
            ? activitiesIn(event.records, event.base, event.t).map(({ kind }) => kind)
            : [],
        );
      return told(1).at(-1) === 'block' && told(0).includes('receive');
    };
    await see(file, {
      env: { [SPOOL_VARIABLE]: folder },
      onOutput: (_, kill) => {
        const look = (): void => void (drained() ? kill('SIGKILL') : setTimeout(look, 10));
        look();
      },
    });
    assert.equal(observed.signal, 'SIGKILL');
    assert.equal(activity(1).toOwner?.posted, 3);
    const { blocked } = activity(1);
    assert.equal(blocked?.what, 'Atomics.wait');
    assert.equal(blocked.timeout, undefined, 'it waits for ever');
    assert.equal(blocked.at?.line, lineOf(POSTS_AND_STAYS, 'Atomics.wait'));
  });

  it('on which line a thread waits that was woken there, and waits again at once', async () => {
    const file = path.join(folder, 'lock.js');
    fs.writeFileSync(file, WAITS_AGAIN);
    await see(file);
    assert.equal(activity(1).blocked?.at?.line, lineOf(WAITS_AGAIN, 'for ever'));
  });

  it('from which lines threads post, and where they take messages', async () => {
    const file = path.join(folder, 'lines.js');
    fs.writeFileSync(file, POSTS_FROM_LINES);
    await see(file);
    const lines = (id: number) =>
      (activity(id).posts ?? []).map(({ to, at }) => [to.replace(/^.*:/, ''), at.line, at.file]);
    assert.deepEqual(lines(0), [['1', lineOf(POSTS_FROM_LINES, '"ask"'), file]]);
    assert.deepEqual(
      lines(1).sort(),
      ['"first"', '"answer"'].map((text) => ['0', lineOf(POSTS_FROM_LINES, text), file]).sort(),
    );
  });
});

/** Ids of the two threads, in the order in which they were woken. */
function wakesIn(observed: Observed): [by: string, woken: string][] {
  const { wakes } = new TrackLog(modelOf(observed, true)).take([], Infinity) ?? assert.fail('nothing was told');
  const { threads, from, to, posted, took } = wakes ?? assert.fail('nobody woke anybody');
  const idOf = (index: number): string => threads[index]!.replace(/^.*:/, '');
  return posted
    .map((t, i) => ({ t: t + took[i]!, i }))
    .sort((a, b) => a.t - b.t)
    .map(({ i }) => [idOf(from[i]!), idOf(to[i]!)]);
}

const receivedOf = (way: string | Traffic | undefined): unknown => (typeof way === 'object' ? way.received : way);

const lineOf = (source: string, text: string): number =>
  source.split('\n').findIndex((line) => line.includes(text)) + 1;

const WAITS_AGAIN = `
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(8));
  new Worker(__filename, { workerData: cells }).unref();
  const look = setInterval(() => {
    if (Atomics.load(cells, 1) === 0) return;
    clearInterval(look);
    setTimeout(() => {}, 100);
  }, 5);
} else {
  const places = [
    () => Atomics.wait(workerData, 0, 0, 0.1),
    () => Atomics.wait(workerData, 0, 0, 0.1),
    () => (Atomics.store(workerData, 1, 1), Atomics.wait(workerData, 0, 0)), // for ever
  ];
  for (const wait of places) wait();
}
`;

const POSTS_FROM_LINES = `
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  let answers = 0;
  const ask = () => worker.postMessage("ask");
  worker.on('message', () => (++answers === 100 ? worker.terminate() : ask()));
} else {
  parentPort.postMessage("first");
  parentPort.on('message', () => {
    parentPort.postMessage("answer");
  });
}
`;

const POSTS_AND_STAYS = `
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  new Worker(__filename).on('message', (text) => text === 3 && console.log('ready'));
} else {
  for (const n of [1, 2, 3]) parentPort.postMessage(n);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
`;
