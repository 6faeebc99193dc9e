// What no program does, and a file may say: more of something than there ever is, owners below each other without end, times far
// apart. Of each so much is told that to look at all of it for each of it would take minutes: a test that does not end fails.
import assert from 'node:assert/strict';
import type { Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { ByTime } from '../../../src/model/facts/byTime';
import { demandFewThreads } from '../../../src/commandLine/tooMany';
import { HumanError } from '../../../src/common/humanError';
import { Condenser } from '../../../src/model/condense';
import { packageIn } from '../../../src/model/facts/sites';
import { emptyModel, fold, noChanges } from '../../../src/model/facts/facts';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { reportText } from '../../../src/model/report/text';
import { exitReport } from '../../../src/model/report/report';
import { statesBetween } from '../../../src/model/conclusions/states';
import { site, Story, type ActivityRecord } from '../../support/events';
import { ToldSession } from '../../support/told';

const MANY = 20_000;
const each = (count: number, act: (i: number) => void): void => {
  for (let i = 0; i < count; i++) act(i);
};
const pictureOf = (events: Iterable<LifecycleEvent>): Snapshot =>
  new ToldSession({ complete: true }).tell(events).snapshot();
const last = ({ threads }: Snapshot): ThreadPicture => threads.at(-1)!;
const withWorker = (): Story => new Story().begin(1000).tell(0, 2000, 'thread-start', { id: 1 });
const [first, early, late] = [3000, 4000, 5e6];

describe('a recording of very many', () => {
  it('calls of terminate(), told from the last to the first, shows them by time', () => {
    const story = withWorker();
    each(15 * MANY, (i) => story.tell(0, late - i, 'terminate-call', { id: 1 }));
    const { terminateCalls } = last(pictureOf(story.events));
    assert.deepEqual([terminateCalls.length, terminateCalls[0]!.t], [15 * MANY, late - 15 * MANY + 1]);
  });

  it('pauses and deeds, told twice and from the last to the first, shows each once and by time', () => {
    const story = withWorker();
    const { p } = story;
    each(5 * MANY, (i) => {
      story.events.push(
        { k: 'pause', p, tid: 1, t: late - (i >> 1) },
        { k: 'deed', p, tid: 1, t: late - i, deed: 'stack' },
      );
    });
    const { paused, deeds } = last(pictureOf(story.events));
    assert.deepEqual([paused?.since, deeds?.length, deeds?.[0]?.t], [late, 5 * MANY, late - 5 * MANY + 1]);
  });

  it('hooks that are missing, and problems, names the hooks and counts the problems', () => {
    const story = withWorker();
    each(3 * MANY, (i) => {
      story
        .tell(0, late, 'hooks-missing', { names: [`hook ${i}`] })
        .tell(0, late, 'probe-error', { message: `no ${i}` });
    });
    const snapshot = pictureOf(story.events);
    const [process] = snapshot.processes;
    assert.deepEqual(
      [process!.unseen.length, process!.problems.length, process!.moreProblems],
      [3 * MANY, 20, 3 * MANY - 20],
    );
    assert.match(
      reportText(exitReport(snapshot)),
      /The probe had a problem: no 19\n +The probe had 59980 more problems\.\n/,
    );
  });

  it('processes puts those into one run that ran together', () => {
    const processes = Array.from({ length: MANY }, (_, i) => new Story(`${i + 1}-1`, i + 1).begin(1000));
    const ends = processes.map((story, i) => story.end(2000 + i, 'gone').events[1]!);
    const model = emptyModel();
    for (const { events } of processes) fold(model, events[0]!);
    for (const end of ends) fold(model, end);
    fold(model, new Story('77777-2', 77777).begin(9e6).events[0]!);
    const runs = [...model.processes.values()].map(({ run }) => run);
    assert.deepEqual([runs[0], runs.at(-2), runs.at(-1)], [0, 0, 1]);
  });

  it('owners, each started by the one before, says of each why it ended', () => {
    const story = new Story().begin(1000);
    each(MANY, (i) => story.tell(i, first + i, 'thread-start', { id: i + 1 }));
    story
      .tell(1, late, 'exiting', { cause: 'exit-call', code: 0 })
      .tell(0, late + 1, 'thread-exit', { id: 1, code: 0 });
    const snapshot = pictureOf(story.events);
    const inner = snapshot.threads.find(({ id }) => id === MANY)!;
    assert.deepEqual([inner.ended?.by, inner.ended?.t], ['owner-exit', late + 1]);
    assert.match(
      inner.ended!.because,
      /^killed with its owner “worker 19999”: killed with its owner “worker 19998”: .*…$/,
    );
    assert.deepEqual(
      inner.keepsAlive.map(({ value }) => value),
      [true],
    );
  });

  it('owners that all ended before what they started sums them up, each after what it started', () => {
    const story = new Story().begin(1000);
    const count = 5 * MANY;
    each(count, (i) => story.tell(i, first + i, 'thread-start', { id: i + 1 }));
    each(count, (i) => story.tell(i, late + i, 'thread-exit', { id: i + 1, code: 0 }));
    const model = emptyModel();
    const changes = noChanges();
    for (const event of story.events) fold(model, event, changes);
    new Condenser(model, 1).finish(changes);
    assert.deepEqual([changes.removed.size, [...changes.removed][0]], [count - 1, story.key(count)]);
  });

  it('threads of one line, all alive, names who kept the process alive', () => {
    const story = new Story().begin(1000);
    each(5 * MANY, (i) => story.tell(0, first + i, 'thread-start', { id: i + 1, file: '/job.js', at: site(7) }));
    const { holds } = pictureOf(story.events).processes[0]!;
    assert.deepEqual([holds.at(-1)!.count, holds.at(-1)!.threads.length, holds.at(-1)!.by.length], [5 * MANY, 20, 1]);
  });

  it('findings tells the gravest one by one, and counts the others', () => {
    const story = new Story().begin(1000);
    each(MANY, (i) => story.tell(0, first + i, 'thread-start', { id: i + 1, file: `/${i}.js` }));
    story.tell(0, late, 'exiting', { cause: 'exit-call', code: 0 }).end(late + 1, 'gone');
    const report = exitReport(pictureOf(story.events));
    assert.equal(report.processes[0]!.findings.length, MANY);
    for (const [text, most] of [
      [reportText(report), 50],
      [reportMarkdown(report), 100],
    ] as const) {
      assert.equal(text.match(/exit-with-live-workers/g)?.length, most);
      assert.match(text, new RegExp(`\\n *… and ${MANY - most} more findings\\n`));
    }
  });

  it('broadcast channels knows what came of each message', () => {
    const count = 3000;
    const story = new Story().begin(1000);
    each(count, (i) => {
      const id = i + 1;
      story.tell(0, first, 'thread-start', { id }).tell(id, early, 'port', { port: 1, broadcast: 'news' });
      story.activity(id, late, [['post', early + 1, 1, 0, 1]]);
    });
    const { activity } = last(pictureOf(story.events));
    assert.deepEqual(activity?.broadcasts, [{ name: 'news', posted: 1, received: 0, waiting: count - 1 }]);
  });

  it('ends of main marks all its threads as changed, once', () => {
    const story = new Story().begin(1000);
    each(5000, (i) => story.tell(0, first, 'thread-start', { id: i + 1 }));
    const model = emptyModel();
    for (const event of story.events) fold(model, event);
    const changes = noChanges();
    const ends = new Story();
    each(5000, (i) => ends.tell(0, late + i, 'exited', { code: 0 }));
    for (const event of ends.events)
      fold(model, { ...event, q: (event as { q: number }).q + 9000 } as LifecycleEvent, changes);
    assert.equal(changes.threads.size, 5001);
  });

  it('writes that are never over keeps the newest, and counts the others as dropped', () => {
    const story = withWorker();
    each(100, (batch) => {
      const writes = Array.from({ length: 1000 }, (_, i): ActivityRecord => [
        'write',
        early + i,
        9,
        1,
        batch * 1000 + i,
      ]);
      story.activity(1, late, writes);
    });
    const { writing, dropped } = last(pictureOf(story.events)).activity!;
    assert.equal(writing.length + dropped, 100_000);
    assert.ok(writing.length <= 4096, String(writing.length));
  });

  it('ports keeps the newest, and counts what went by the others as dropped', () => {
    const story = withWorker();
    each(50, (batch) => {
      story.activity(
        1,
        late,
        Array.from({ length: 1000 }, (_, i): ActivityRecord => ['post', early, 2 * (batch * 1000 + i) + 1, 0, 1]),
      );
    });
    const { otherPorts, dropped } = last(pictureOf(story.events)).activity!;
    assert.equal(otherPorts.posted + dropped, 50_000);
    assert.ok(otherPorts.posted > 25_000 && dropped > 0, String(dropped));
  });

  it('threads that only samples tell of keeps no more than may come to be known', () => {
    const story = withWorker();
    each(50, (batch) => {
      story.activity(
        0,
        late,
        Array.from({ length: 1000 }, (_, i): ActivityRecord => ['loop', late, batch * 1000 + i + 2, 500, 100]),
      );
    });
    const model = emptyModel();
    for (const event of story.events) fold(model, event);
    assert.equal([...model.processes.values()][0]!.threads.size, 1 << 14);
  });

  it('parts of a path shows that it is not known', () => {
    const story = withWorker();
    story.activity(1, early, [['opened', early, 9, 21, 2 ** 32 - 1]]);
    each(50, () =>
      story.activity(
        1,
        late,
        Array.from({ length: 4000 }, (): ActivityRecord => ['path', late, 9, 65, 65]),
      ),
    );
    assert.equal(last(pictureOf(story.events)).activity!.openFiles[0]!.path, 'file descriptor 21');
  });

  it('spans that lie over each other shows the highest of each moment', () => {
    const story = withWorker().tell(1, 2000, 'thread-begin', {});
    const model = emptyModel(true);
    each(20, (batch) => {
      const waits = Array.from({ length: 1000 }, (_, i): ActivityRecord[] => {
        const n = batch * 1000 + i;
        return [
          ['block', 10_000 + n, 1],
          ['unblock', 3e6 - n, 1],
        ];
      });
      story.activity(1, late, waits.flat());
    });
    for (const event of story.events) fold(model, event);
    const [process] = [...model.processes.values()];
    const states = statesBetween(process!, process!.threads.get(1)!, 2000, 4e6);
    assert.deepEqual(
      states.map(({ from, to }) => [from, to]),
      [
        [2000, 10_000],
        [10_000, 3e6],
        [3e6, 4e6],
      ],
    );
  });
});

describe('a recording of more threads at once than memory holds', () => {
  it('is refused with words', () => {
    const story = new Story().begin(1000);
    each(10, (i) => story.tell(0, first, 'thread-start', { id: i + 1 }));
    const model = emptyModel();
    for (const event of story.events) fold(model, event);
    assert.doesNotThrow(() => demandFewThreads(model, 11));
    assert.throws(
      () => demandFewThreads(model, 10),
      new HumanError('The recording cannot be shown: it tells of more than 10 threads at once.'),
    );
  });
});

describe('a process of which only activity is known', () => {
  it('has its number and its start from its key', () => {
    const story = new Story('4711-5000', 4711).resources(3, 9000, { Timeout: 1 });
    const snapshot = pictureOf(story.events);
    assert.deepEqual([snapshot.processes[0]!.pid, snapshot.processes[0]!.startedAt], [4711, 5000]);
    assert.doesNotMatch(reportText(exitReport(snapshot)), /NaN|Infinity|undefined/);
  });
});

describe('a thread that two started', () => {
  it('can be summed up before one of them is told of again', () => {
    const story = new Story().begin(1000);
    for (const id of [1, 2]) story.tell(0, 2000, 'thread-start', { id });
    for (const tid of [1, 2]) story.tell(tid, 3000, 'thread-start', { id: 3, at: site(tid) });
    story.tell(2, 4000, 'thread-exit', { id: 3, code: 0 });
    const model = emptyModel();
    for (const event of story.events) fold(model, event);
    new Condenser(model, 0).finish(noChanges());
    const changes = noChanges();
    fold(model, story.tell(0, 5000, 'thread-unref', { id: 1 }).events.at(-1)!, changes);
    assert.deepEqual([...changes.threads], [story.key(1)]);
  });
});

describe('things by time', () => {
  it('come in their order, each once, whenever they are looked at', () => {
    const list = new ByTime<{ t: number; n: number }>(
      (a, b) => a.n - b.n,
      (a, b) => a.n === b.n,
    );
    for (const [t, n] of [
      [2, 1],
      [1, 1],
      [2, 1],
    ] as const)
      list.add({ t, n });
    assert.deepEqual(
      [...list].map(({ t }) => t),
      [1, 2],
    );
    list.add({ t: 1, n: 0 });
    assert.deepEqual([list.length, list.at(0)?.n, list.at(-1)?.t], [3, 0, 2]);
  });
});

describe('the package of a path', () => {
  const CASES: [path: string, name: string | undefined][] = [
    ['/app/node_modules/piscina/dist/index.js', 'piscina'],
    ['/app/node_modules/a/node_modules/@b/c/d.js', '@b/c'],
    ['C:\\app\\node_modules\\@b\\c\\d.js', '@b/c'],
    ['/node_modules/a/node_modules', 'a'],
    ['node_modules/a/b.js', 'a'],
    ['/app/node_modules', undefined],
    ['/app/main.js', undefined],
  ];
  for (const [path, name] of CASES) it(`is ${name} of ${path}`, () => assert.equal(packageIn(path), name));

  it('is found in a path without end', () => {
    assert.equal(packageIn('/node_modules'.repeat(5000)), 'node_modules');
    assert.equal(packageIn(`/node_modules/a/${'x'.repeat(1e6)}`), 'a');
  });
});
