// What is concluded and reported of threads of Python's.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { exitReport, type ProcessReport } from '../../../src/model/report/report';
import { exitSentences } from '../../../src/model/report/words';
import { reportText } from '../../../src/model/report/text';
import { WaitLog } from '../../../src/model/facts/waiting/waitLog';
import type { Wait } from '../../../src/protocol/probeEvents';
import type { Snapshot } from '../../../src/protocol/picture';
import { Story, site } from '../../support/events';

const SECOND = 1e6;
const at = (line: number) => site(line, '/app/main.py');

function pictureOf({ events }: Story, now: number): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now, damaged: 0, complete: true, notices: [] });
}
const reportOf = (story: Story, now = 0): ProcessReport => exitReport(pictureOf(story, now)).processes[0]!;
const sentences = (story: Story, now = 0): string => exitSentences(reportOf(story, now)).join(' ');
const rulesOf = (story: Story): string[] => [...new Set(reportOf(story).findings.map(({ rule }) => rule))].sort();
const textOf = (story: Story, now = 0): string => reportText(exitReport(pictureOf(story, now)));

const begun = (): Story =>
  new Story().begin(1 * SECOND, { runtime: 'python', version: '3.11.7', argv: ['/usr/bin/python3', 'main.py'] });

interface Told {
  daemon?: boolean;
  inherited?: true;
  madeBy?: string;
  line?: number;
  by?: number;
}

/** Starts thread `id`, which begins at once. */
const starts = (story: Story, t: number, id: number, name: string, told: Told = {}): Story => {
  const { daemon = false, line = 10, by = 0, ...rest } = told;
  return story
    .tell(by, t, 'thread-start', { id, name, daemon, at: at(line), ...rest })
    .tell(id, t + 100, 'thread-begin', {});
};

const done = (story: Story, t: number, waitsFor: number[] = []): Story => {
  story.tell(0, t, 'exiting', { cause: 'returned', code: 0 });
  return story.tell(0, t + 10, 'exit-phase', { phase: 'threads', waitsFor });
};
const exits = (story: Story, t: number): Story =>
  story
    .tell(0, t, 'exit-phase', { phase: 'exit-handlers' })
    .tell(0, t + 100, 'exited', { code: 0 })
    .end(t + 200, 'exit-status', { code: 0 });

describe('threads of Python', () => {
  it('are waited for after main’s code until the last of them ends, though a debugger keeps the process for longer', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'holder');
    starts(story, 1.2 * SECOND, 2, 'daemon', { daemon: true });
    done(story, 1.5 * SECOND, [1]).tell(1, 2 * SECOND, 'thread-exit', { id: 1, code: 0 });
    story.tell(2, 2.5 * SECOND, 'thread-exit', { id: 2, code: 0 });
    exits(story, 3 * SECOND);
    const [wait] = reportOf(story).afterMain ?? [];
    assert.equal(wait!.to! - wait!.from, 0.5 * SECOND - 10);
  });

  it('do not end with the thread that started them, and run on after main’s code', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'listener', { daemon: true });
    starts(story, 1.2 * SECOND, 2, 'session', { by: 1 }).tell(1, 1.3 * SECOND, 'thread-exit', { id: 1, code: 0 });
    done(story, 1.5 * SECOND, [2]).tell(2, 2 * SECOND, 'thread-exit', { id: 2, code: 0 });
    exits(story, 2 * SECOND + 10);
    const { threads, cutOff } = reportOf(story);
    assert.deepEqual(
      threads.map(({ label, depth, daemon, ended }) => [label, depth, daemon, ended?.by, ended?.because]),
      [
        ['main', 0, false, 'returned', 'its code was done'],
        ['listener', 1, true, 'returned', 'its function returned'],
        ['session', 2, false, 'returned', 'its function returned'],
      ],
    );
    assert.deepEqual(cutOff, []);
    assert.match(sentences(story), /After main’s code the process waited for “session” for 0\.500 s\./);
  });

  it('hold the process after main’s code, until that is broken off', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'session', {});
    story.waits(1, 1.2 * SECOND, 'queue-get', { at: at(23) });
    exits(done(story, 1.5 * SECOND, [1]), 3.5 * SECOND);
    assert.match(
      sentences(story),
      /After main’s code the process waited for “session”, which was in queue\.get\(\) \(main\.py:23\) for 2\.00 s, until that was broken off/,
    );
    const [thread] = reportOf(story).cutOff;
    assert.deepEqual(
      thread?.unfinished?.map(({ text }) => text),
      ['it was waiting in queue.get() (main.py:23)'],
    );
    assert.match(textOf(story), /held-by-thread/);
  });

  it('end with their function, by an error, by sys.exit() alone, or with all by os._exit()', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'done').tell(1, 1.2 * SECOND, 'thread-exit', { id: 1, code: 0 });
    starts(story, 1.1 * SECOND, 2, 'failed')
      .tell(2, 1.2 * SECOND, 'thread-error', { id: 2, name: 'ValueError', message: 'bad', at: at(5) })
      .tell(2, 1.21 * SECOND, 'thread-exit', { id: 2, code: 1 });
    starts(story, 1.1 * SECOND, 3, 'left')
      .tell(3, 1.2 * SECOND, 'exiting', { cause: 'exit-call', code: 2, at: at(6) })
      .tell(3, 1.21 * SECOND, 'thread-exit', { id: 3, code: 2 });
    starts(story, 1.1 * SECOND, 4, 'alive');
    starts(story, 1.1 * SECOND, 5, 'caller').tell(5, 1.5 * SECOND, 'exiting', {
      cause: 'abrupt-call',
      code: 3,
      at: at(9),
    });
    story.end(1.6 * SECOND, 'exit-status', { code: 3 });
    assert.deepEqual(
      reportOf(story).threads.map(({ label, ended }) => [label, ended?.because]),
      [
        ['main', 'os._exit(3) at main.py:9, in “caller”'],
        ['done', 'its function returned'],
        ['failed', 'uncaught ValueError: bad at main.py:5'],
        ['left', 'sys.exit(2) at main.py:6, which ends this thread alone'],
        ['alive', 'killed by os._exit(3) at main.py:9, in “caller”'],
        ['caller', 'os._exit(3) at main.py:9'],
      ],
    );
    assert.deepEqual(rulesOf(story), ['abrupt-exit', 'exit-in-thread', 'thread-failed']);
  });
});

/** Main joins a thread, and Ctrl-C ends that. */
const interrupted = (story: Story, t: number): Story =>
  exits(
    story
      .tell(0, t + 10, 'thread-error', { id: 0, name: 'KeyboardInterrupt', message: '', at: at(30) })
      .tell(0, t + 20, 'exiting', { cause: 'error', code: 130, at: at(30) }),
    t + 60,
  );

describe('waits of Python’s threads', () => {
  const joined = (): Story =>
    starts(begun(), 1.1 * SECOND, 1, 'reader').waits(0, 1.2 * SECOND, 'join', {
      whom: 1,
      at: at(30),
      until: 3.2 * SECOND,
      outcome: 'error',
    });

  it('that Ctrl-C breaks off end no program by an error: a person did it', () => {
    const { outcome } = exitReport(pictureOf(interrupted(joined(), 3.2 * SECOND), 0));
    assert.equal(outcome.severity, 'warning');
    assert.match(
      outcome.text,
      /^Nothing is known to be lost\. Main was interrupted: uncaught KeyboardInterrupt at main\.py:30\./,
    );
  });

  it('are a deadlock where each waits for one that waits, too', () => {
    const story = joined().waits(1, 1.15 * SECOND, 'queue-get', { at: at(22) });
    assert.deepEqual(rulesOf(interrupted(story, 3.2 * SECOND)), ['deadlock']);
  });

  it('are none where one of them has a time limit, or does something', () => {
    const polls = joined().waits(1, 1.15 * SECOND, 'queue-get', { at: at(22), timeout: 5000 });
    // It was at work, or would have been again, when Python forgot it.
    assert.deepEqual(rulesOf(interrupted(polls, 3.2 * SECOND)), ['join-interrupted']);
    assert.deepEqual(rulesOf(interrupted(joined(), 3.2 * SECOND)), ['join-interrupted']);
  });

  it('are none where another thread may end one of them', () => {
    const story = starts(joined(), 1.1 * SECOND, 2, 'writer', { daemon: true });
    story.waits(1, 1.15 * SECOND, 'queue-get', { at: at(22) });
    assert.deepEqual(rulesOf(interrupted(story, 3.2 * SECOND)), []);
  });

  it('for a queue are told with what is in it', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'worker', { daemon: true });
    story.waits(1, 1.15 * SECOND, 'queue-get', { at: at(19), on: 7 });
    story.waits(0, 1.2 * SECOND, 'queue-join', {
      on: 7,
      name: 'jobs',
      items: 0,
      unfinished: 1,
      at: at(29),
      until: 3.2 * SECOND,
      outcome: 'error',
    });
    assert.deepEqual(rulesOf(interrupted(story, 3.2 * SECOND)), ['queue-never-done']);
    assert.match(
      reportOf(story).findings[0]!.text,
      /1 item was not done by task_done\(\), 0 of them still in the queue/,
    );
  });

  it('come in any order, each once', () => {
    const events = (): Wait[] => new Story().waits(0, 10, 'event', { until: 20 }).waits(0, 30, 'join').events as Wait[];
    const [begin, end, next] = events();
    for (const order of [
      [begin, end, next],
      [end, begin, next],
      [next, end, begin],
      [begin, begin, end, end, next, begin],
    ]) {
      const log = new WaitLog();
      const over = order.flatMap((event) => log.fold(event!));
      assert.deepEqual([over.map(({ n, until }) => [n, until]), log.current?.what], [[[0, 20]], 'join']);
      assert.deepEqual(
        [9, 11, 20, 25, 31].map((t) => log.at(t)?.what),
        [undefined, 'event', 'event', undefined, 'join'],
      );
    }
  });
});

describe('what the end of a Python process cuts off', () => {
  const killed = (): Story => starts(begun(), 1.1 * SECOND, 1, 'writer', { daemon: true, line: 29 });
  const ends = (story: Story): Story => {
    story.tell(0, 2 * SECOND, 'exiting', { cause: 'returned', code: 0 });
    return story.tell(0, 2 * SECOND + 1, 'exit-phase', { phase: 'exit-handlers' });
  };
  const over = (story: Story): Story =>
    story.tell(0, 2.1 * SECOND, 'exited', { code: 0 }).end(2.2 * SECOND, 'exit-status', { code: 0 });

  it('is nothing where a daemon only waited', () => {
    const story = over(ends(killed().waits(1, 1.2 * SECOND, 'queue-get', { at: at(23) })));
    assert.deepEqual([rulesOf(story), reportOf(story).cutOff.length], [[], 1]);
  });

  it('is text that a file of the daemon held', () => {
    const story = ends(killed()).tell(0, 2.05 * SECOND, 'left-undone', {
      undone: 'unflushed',
      id: 1,
      count: 3000,
      path: '/app/out.log',
    });
    assert.deepEqual(rulesOf(over(story)), ['cut-off-while-writing']);
  });

  it('is a file of main’s, where a daemon keeps main’s module', () => {
    const story = ends(killed())
      .tell(0, 2.05 * SECOND, 'left-undone', { undone: 'globals', id: 1 })
      .tell(0, 2.06 * SECOND, 'left-undone', { undone: 'unflushed', count: 10, path: '/app/report.txt', at: at(27) });
    assert.deepEqual(rulesOf(over(story)), ['unclosed-file']);
    assert.match(
      sentences(story),
      /Left undone: about 10 B written to \/app\/report\.txt had not reached the system\./,
    );
  });

  it('is a thread that was started when nobody waits any more', () => {
    const story = starts(ends(begun()), 2.05 * SECOND, 1, 'flusher');
    assert.deepEqual(rulesOf(over(story)), ['started-too-late']);
  });
});

describe('the end of asyncio.run()', () => {
  /** Main waits there for a thread of asyncio's own, and that for `asyncio_0`. */
  const ending = (wait: Parameters<Story['waits']>[3] = {}): Story => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'asyncio_0', { madeBy: 'executor' });
    story.tell(0, 1.2 * SECOND, 'thread-start', { id: 2, daemon: false, madeBy: 'loop-shutdown', internal: true });
    story.waits(0, 1.2 * SECOND, 'asyncio-run', { at: at(30), whom: 2, ...wait });
    return story.waits(2, 1.2 * SECOND + 10, 'executor-shutdown', { whom: 1 });
  };
  const fetches = (story: Story): Story =>
    story.tell(2, 1.7 * SECOND, 'stack', { id: 1, frames: [{ ...at(23), function: 'fetch' }], when: 'awaited' });

  it('is told with the thread of the executor that it waits for, and with its function', () => {
    const { alive } = reportOf(fetches(ending()), 3.2 * SECOND);
    assert.equal(alive?.main?.call, 'asyncio.run() for the threads of its executor');
    assert.deepEqual(
      alive.holders.map(({ what, because }) => [what, because]),
      [['thread “asyncio_0”', ['it is in fetch (main.py:23)']]],
    );
    assert.deepEqual(rulesOf(fetches(ending())), []);
  });

  it('is told when it is over, and when it was broken off', () => {
    const over = fetches(ending({ until: 3.2 * SECOND })).tell(1, 3.2 * SECOND, 'thread-exit', { id: 1, code: 0 });
    assert.match(
      sentences(exits(done(over, 3.3 * SECOND), 3.4 * SECOND)),
      /Main waited in asyncio\.run\(\) for the threads of its executor \(main\.py:30\) for 2\.00 s: “asyncio_0”, which was in fetch \(main\.py:23\)\./,
    );
    const broken = interrupted(ending({ until: 3.2 * SECOND, outcome: 'error' }), 3.2 * SECOND);
    assert.match(sentences(broken), /for 2\.00 s, until that was broken off, as by Ctrl-C: “asyncio_0”\.$/);
  });

  it('that a thread holds which only waits itself is no deadlock', () => {
    const story = ending().waits(1, 1.15 * SECOND, 'queue-get', { at: at(22) });
    assert.deepEqual(
      reportOf(story, 5.2 * SECOND).findings.map(({ rule, text }) => [rule, text]),
      [
        [
          'held-by-thread',
          '“main” waited in asyncio.run() for the threads of its executor (main.py:30) for 4.0 s. All that time, or at its end, “asyncio_0” was in queue.get() (main.py:22).',
        ],
      ],
    );
  });
});

describe('a pool', () => {
  /** Main waits for a task of pool 7, whose only thread waits in a task for another one; a watchdog lives beside them. */
  const full = (of: number): Story => {
    const story = begun();
    story.tell(0, 1.1 * SECOND, 'thread-start', { id: 1, name: 'pool_0', daemon: false, madeBy: 'executor', pool: 7 });
    starts(story, 1.1 * SECOND, 2, 'watchdog', { daemon: true });
    story.waits(0, 1.2 * SECOND, 'future', { at: at(30), pool: 7 });
    return story.waits(1, 1.2 * SECOND, 'future', { at: at(12), pool: of });
  };

  it('that waits for itself is a deadlock, whoever lives beside it', () => {
    assert.deepEqual(
      reportOf(full(7), 3.2 * SECOND).findings.map(({ rule, at: place, text }) => [rule, place?.line, text]),
      [
        [
          'deadlock',
          12,
          '“pool_0” waited in Future.result() (main.py:12) for 2.0 s, for a task of an executor whose threads were all waiting as well.',
        ],
      ],
    );
  });

  it('that waits for another one is none', () => {
    assert.deepEqual(reportOf(full(8), 3.2 * SECOND).findings, []);
    const another = full(7).tell(0, 1.3 * SECOND, 'thread-start', {
      id: 3,
      daemon: false,
      madeBy: 'executor',
      pool: 7,
    });
    assert.deepEqual(reportOf(another, 3.2 * SECOND).findings, []);
  });
});

describe('a forked process that waits for a lock', () => {
  const waiting = (beside?: string[]): Story => {
    const told = { runtime: 'python' as const, version: '3.11.7', argv: ['/usr/bin/python3', 'main.py'] };
    const story = new Story().begin(1 * SECOND, { ...told, ...(beside ? { beside } : {}) });
    const t = 3.2 * SECOND;
    return interrupted(story.waits(0, t, 'lock', { at: at(30), on: 1, name: 'lock', until: t, outcome: 'error' }), t);
  };

  it('is told of the threads that its parent had then, of which one may have held it', () => {
    const [found] = reportOf(waiting(['writer'])).findings;
    assert.match(found!.text, /forked while its parent had other threads, which are not in it: “writer”\. One of them/);
    assert.match(found!.advice, /^A fork copies locks as they are/);
  });

  it('is not, where the parent had none', () => {
    const [found] = reportOf(waiting()).findings;
    assert.match(found!.text, /No thread is known to have taken it; one that has ended may not have given it back\./);
  });
});
