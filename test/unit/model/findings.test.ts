// What is found, and what is not, by how sure the facts make it.
import assert from 'node:assert/strict';
import { FileId, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { secondsText } from '../../../src/model/findings/shared/text';
import { snapshotOf } from '../../../src/model/picture';
import type { Finding, Snapshot } from '../../../src/protocol/picture';
import { Story, site, type ActivityRecord } from '../../support/events';

const WORKER = 1;
const PORT = portOfWorker(WORKER);
/** In µs. */
const SECOND = 1e6;
const LISTENS = { MessagePort: 1 };

function pictureOf({ events }: Story, now: number): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now, damaged: 0, complete: true, notices: [] });
}
const findingsOf = (story: Story): Finding[] => pictureOf(story, 0).findings;
const rules = (story: Story): string[] => findingsOf(story).map(({ rule }) => rule);

/** Main and one worker that both have begun by second 2. */
const begun = (): Story =>
  new Story()
    .begin(1 * SECOND)
    .tell(0, 1.1 * SECOND, 'thread-start', { id: WORKER, name: 'reader', at: site(3) })
    .tell(WORKER, 1.2 * SECOND, 'thread-begin', {})
    .tell(0, 1.3 * SECOND, 'thread-online', { id: WORKER });

const exits = (story: Story, t: number): Story =>
  story
    .tell(0, t, 'exiting', { cause: 'exit-call', code: 0, at: site(9) })
    .tell(0, t + 100, 'exited', { code: 0 })
    .end(t + 200, 'exit-status', { code: 0 });

const returns = (story: Story, t: number): Story =>
  story
    .tell(0, t, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, t + 100, 'exited', { code: 0 })
    .end(t + 200, 'exit-status', { code: 0 });

describe('messages that nobody read', () => {
  const posts = (count: number): ActivityRecord[] =>
    Array.from({ length: count }, (_, i): ActivityRecord => ['post', 2 * SECOND + i, PORT, 0, i + 1]);

  it('are not those whose taking was dropped: a later one was taken', () => {
    const story = begun()
      .activity(0, 3 * SECOND, posts(5))
      .activity(WORKER, 3 * SECOND, [['receive', 2.9 * SECOND, PARENT_PORT, 0, 5]], 4);
    story.tell(0, 4 * SECOND, 'thread-unref', { id: WORKER, at: site(5) });
    assert.deepEqual(rules(returns(story, 5 * SECOND)), []);
  });

  it('are not those that were posted right before a signal: that they were taken may not have been told', () => {
    const story = (posted: number): Story =>
      begun()
        .activity(0, 9 * SECOND, [['post', posted, PORT, 0, 1]])
        .activity(WORKER, 9 * SECOND, [
          ['receive', 2 * SECOND, PARENT_PORT, 0, 0],
          ['post', posted, PARENT_PORT, 0, 1],
        ])
        .end(9 * SECOND, 'exit-status', { signal: 'SIGKILL' });
    const told = (posted: number): unknown => {
      const { findings, threads } = pictureOf(story(posted), 0);
      return [findings.map(({ rule }) => rule), threads[1]!.unfinished?.map(({ what }) => what)];
    };
    assert.deepEqual(told(8.5 * SECOND), [[], []]);
    assert.deepEqual(told(5 * SECOND), [['unread-messages'], ['sent', 'mail']]);
  });

  it('are counted although the times of most of them are forgotten', () => {
    const story = begun()
      .activity(0, 3 * SECOND, posts(10_000))
      .activity(WORKER, 3 * SECOND, [['receive', 2.9 * SECOND, PARENT_PORT, 0, 1]])
      .tell(0, 3.1 * SECOND, 'thread-unref', { id: WORKER, at: site(5) });
    const [finding, ...others] = findingsOf(returns(story, 3.2 * SECOND));
    assert.equal(others.length, 0);
    assert.match(finding!.text, /9999 messages from its owner were not delivered/);
  });
});

describe('a program that a person stops', () => {
  const stopped = (how: { findings?: true } | undefined): Story => {
    const story = begun()
      .activity(WORKER, 3 * SECOND, [
        ...Story.opened(2 * SECOND, FileId.firstOther, 20, '/app/out.log'),
        ['write', 2.9 * SECOND, FileId.firstOther, 0, 3000],
      ])
      .tell(0, 2.5 * SECOND, 'thread-unref', { id: WORKER, at: site(5) });
    if (how) story.events.push({ k: 'stop-request', p: story.p, t: 3.1 * SECOND, ...how });
    return story.end(3.2 * SECOND, 'exit-status', { signal: 'SIGKILL' });
  };

  it('has no finding of what that cut off, though it is listed', () => {
    const { findings, threads } = pictureOf(stopped({}), 0);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      threads[1]!.unfinished?.map(({ what }) => what),
      ['write'],
    );
  });

  it('has one where the person asked for that, and where another killed it', () => {
    assert.deepEqual(rules(stopped({ findings: true })), ['cut-off-while-writing']);
    assert.deepEqual(rules(stopped(undefined)), ['cut-off-while-writing']);
  });
});

describe('a daemon whose owner listened for an answer', () => {
  interface Seen {
    heard?: boolean;
    busy?: boolean;
    /** What it has begun since it took the message. */
    began?: Record<string, number>;
    /** It had answered once, before. */
    answers?: boolean;
  }
  function found({ heard = true, busy = false, began = {}, answers = false }: Seen): string[] {
    const story = begun().tell(0, 1.4 * SECOND, 'thread-unref', { id: WORKER, at: site(5) });
    const before: ActivityRecord[] = answers
      ? [
          ['post', 1.5 * SECOND, PORT, 0, 1],
          ['receive', 1.6 * SECOND, PORT, 0, 1],
        ]
      : [];
    const n = before.length / 2 + 1;
    story
      .activity(0, 2 * SECOND, [...before, ['post', 2 * SECOND, PORT, 0, n]])
      .activity(WORKER, 2.1 * SECOND, [['receive', 2.1 * SECOND, PARENT_PORT, 0, n]])
      .resources(WORKER, 2.2 * SECOND, { MessagePort: 1, ...began }, [PARENT_PORT])
      .tell(0, 3 * SECOND, 'last-look', {
        heard: heard ? [WORKER] : [],
        unheard: heard ? [] : [WORKER],
        idle: busy ? [] : [WORKER],
        busy: busy ? [WORKER] : [],
      });
    return rules(returns(story, 3 * SECOND)).filter((rule) => rule === 'unanswered-request');
  }

  it('was cut off at a request where it was busy, or something was under way that ends by itself', () => {
    assert.equal(found({ busy: true }).length, 1);
    assert.equal(found({ began: { FSReqPromise: 1 } }).length, 1);
  });

  it('was not where it only waits, nor for a timer unless it is known to answer', () => {
    assert.deepEqual(found({}), []);
    assert.deepEqual(found({ began: { Timeout: 1 } }), []);
    assert.equal(found({ began: { Timeout: 1 }, answers: true }).length, 1);
  });

  it('was not where nobody listened', () => assert.deepEqual(found({ heard: false, busy: true }), []));
});

describe('an end that does not come', () => {
  const pending = (story: Story): string[] =>
    pictureOf(story, 1000 * SECOND)
      .findings.filter(({ rule }) => rule === 'unstoppable-thread')
      .map(({ text }) => text);

  describe('of a process whose main has told its last', () => {
    const exited = (busy: number[]): Story =>
      begun()
        .tell(0, 2 * SECOND, 'exiting', { cause: 'exit-call', code: 0, at: site(9) })
        .tell(0, 2 * SECOND, 'last-look', { heard: [], unheard: [WORKER], idle: [], busy })
        .tell(0, 2 * SECOND, 'exited', { code: 0 });
    const seen = (story: Story, t: number): Story => {
      story.events.push({ k: 'still-runs', p: story.p, t });
      return story;
    };

    it('is claimed only up to when the process was seen, however much later that is read', () => {
      assert.deepEqual(pending(exited([WORKER])), []);
      assert.deepEqual(pending(seen(exited([WORKER]), 3 * SECOND)), []);
      assert.match(pending(seen(exited([WORKER]), 6 * SECOND)).join(), /still there 4\.0 s .*“reader”, which was busy/);
    });

    it('is what the process is alive because of, with the threads that it waits for', () => {
      const { alive } = pictureOf(seen(exited([WORKER]), 6 * SECOND), 0).processes[0]!;
      assert.deepEqual(alive?.main, { since: 2 * SECOND, call: 'process.exit()', at: site(9) });
      assert.deepEqual(
        alive.holders.map(({ what }) => what),
        ['worker “reader”'],
      );
    });

    it('is over when the process is, unless a signal had to end it', () => {
      const over = (how: 'exit-status' | 'gone' | 'lost-contact', rest = {}): string[] =>
        pending(seen(exited([]), 6 * SECOND).end(7 * SECOND, how, rest));
      assert.deepEqual([over('exit-status', { code: 0 }), over('gone'), over('lost-contact')].flat(), []);
      assert.match(over('exit-status', { signal: 'SIGKILL' }).join(), /still there 5\.0 s .* is not known/);
    });
  });

  describe('of a thread that terminate() was called on', () => {
    const called = (): Story => begun().tell(0, 2 * SECOND, 'terminate-call', { id: WORKER, at: site(9) });
    const heardUntil = (t: number, story = called()): Story => story.activity(0, t, [['loop', t, WORKER, 990, 1000]]);

    it('is claimed only up to when main was heard of', () => {
      assert.deepEqual(pending(called()), []);
      assert.deepEqual(pending(heardUntil(3 * SECOND)), []);
      assert.match(pending(heardUntil(5 * SECOND)).join(), /“reader” was still there 3\.0 s after terminate\(\)/);
    });

    it('is all that is said of it, and not also that its loop does not turn', () => {
      const story = heardUntil(5 * SECOND).activity(0, 5 * SECOND, [['unturned', 5 * SECOND, WORKER, 3000]]);
      assert.deepEqual(rules(story.end(5.1 * SECOND, 'exit-status', { signal: 'SIGINT' })), ['unstoppable-thread']);
    });

    it('is not claimed while the debugger holds main, nor once the thread has ended', () => {
      const held = called();
      held.events.push({ k: 'pause', p: held.p, t: 2.1 * SECOND, tid: 0 });
      assert.deepEqual(pending(heardUntil(5 * SECOND, held)), []);
      assert.deepEqual(
        pending(heardUntil(5 * SECOND, called().tell(0, 4 * SECOND, 'thread-exit', { id: WORKER, code: 1 }))),
        [],
      );
    });
  });
});

describe('a worker that main’s exit killed', () => {
  const answered = (at: number): Story =>
    begun()
      .activity(0, 2 * SECOND, [['post', 2 * SECOND, PORT, 0, 1]])
      .activity(WORKER, at, [
        ['receive', 2 * SECOND + 100, PARENT_PORT, 0, 1],
        ['post', at, PARENT_PORT, 0, 1],
      ]);
  const heard = (story: Story, at: number, ...more: ActivityRecord[]): Story =>
    story.activity(0, at, [['receive', at, PORT, 0, 1], ...more]);

  it('was not at work when it was seen to wait in the end, however late it was to turn its loop', () => {
    const late = (): Story => heard(answered(3 * SECOND), 3.1 * SECOND, ['unturned', 4 * SECOND, WORKER, 900]);
    assert.deepEqual(rules(exits(late(), 4.1 * SECOND)), ['exit-with-live-workers']);
    const look = { heard: [], unheard: [WORKER], busy: [] };
    assert.deepEqual(
      rules(exits(late().tell(0, 4.1 * SECOND, 'last-look', { ...look, idle: [WORKER] }), 4.1 * SECOND)),
      [],
    );
  });

  it('was not at work when its loop was busy before it answered, and not after', () => {
    const story = heard(answered(3 * SECOND), 3 * SECOND + 100, ['loop', 3 * SECOND + 200, WORKER, 990, 1000]);
    assert.deepEqual(rules(exits(story, 3.05 * SECOND)), []);
  });

  it('was not at work when it had answered, and was still busy with the end of its turn', () => {
    const late = heard(answered(3 * SECOND), 3 * SECOND + 100, ['loop', 3.08 * SECOND, WORKER, 1000, 1000]);
    assert.deepEqual(rules(exits(late, 3.09 * SECOND)), []);
  });

  it('was at work when it was busy for as short a time after it had told how far it had come, or heard of more', () => {
    const busy: ActivityRecord = ['loop', 3.08 * SECOND, WORKER, 1000, 1000];
    const told = answered(2.9 * SECOND).activity(WORKER, 3 * SECOND, [
      ['post', 2.95 * SECOND, PARENT_PORT, 0, 2],
      ['post', 3 * SECOND, PARENT_PORT, 0, 3],
    ]);
    const all: ActivityRecord[] = [
      ['receive', 3 * SECOND + 110, PORT, 0, 2],
      ['receive', 3 * SECOND + 120, PORT, 0, 3],
    ];
    const heardAll = heard(told, 3 * SECOND + 100, ...all, busy);
    assert.deepEqual(rules(exits(heardAll, 3.09 * SECOND)), ['exit-with-live-workers']);
    const more = answered(3 * SECOND)
      .activity(0, 3.01 * SECOND, [['post', 3.01 * SECOND, PORT, 0, 1]])
      .activity(WORKER, 3.02 * SECOND, [['receive', 3.02 * SECOND, PARENT_PORT, 0, 1]]);
    assert.deepEqual(rules(exits(heard(more, 3.03 * SECOND, busy), 3.09 * SECOND)), ['exit-with-live-workers']);
  });

  it('was at work when its loop was busy for long after it had last said anything', () => {
    const story = heard(answered(3 * SECOND), 3 * SECOND + 100, ['loop', 4 * SECOND, WORKER, 990, 1000]);
    assert.deepEqual(rules(exits(story, 4.05 * SECOND)), ['exit-with-live-workers']);
  });

  it('was not at work when it answered after it had told of a timer, and had no time to look again', () => {
    const story = answered(3 * SECOND).resources(WORKER, 2.5 * SECOND, { ...LISTENS, Timeout: 1 }, [PARENT_PORT]);
    assert.deepEqual(rules(exits(heard(story, 3 * SECOND + 100), 3.01 * SECOND)), []);
  });

  it('was at work when the timer stands though it has had time to look again', () => {
    const story = answered(3 * SECOND).resources(WORKER, 2.5 * SECOND, { ...LISTENS, Timeout: 1 }, [PARENT_PORT]);
    assert.deepEqual(rules(exits(heard(story, 3 * SECOND + 100), 4 * SECOND)), ['exit-with-live-workers']);
  });

  it('was not at work while it loaded its modules', () => {
    const story = begun().activity(0, 1.4 * SECOND, [['loop', 1.4 * SECOND, WORKER, 1000, 200]]);
    assert.deepEqual(rules(exits(story, 1.45 * SECOND)), []);
  });
});

describe('a daemon that has a file open', () => {
  const wrote = (): Story =>
    begun()
      .tell(0, 1.4 * SECOND, 'thread-unref', { id: WORKER, at: site(5) })
      .activity(WORKER, 2 * SECOND, [
        ...Story.opened(2 * SECOND, 8, 21, '/app/out'),
        ['write', 2 * SECOND, 8, 9, 1],
        ['written', 2 * SECOND + 50, 8, 0, 1],
      ]);

  it('may have been cut off when it had just written to it', () => {
    assert.deepEqual(rules(returns(wrote(), 2.1 * SECOND)), ['cut-off-while-writing']);
  });

  it('may have been when it wrote of its own accord while main ran its exit handlers', () => {
    const during = (story: Story): Story =>
      story
        .tell(0, 2.02 * SECOND, 'exiting', { cause: 'returned', code: 0 })
        .activity(WORKER, 2.03 * SECOND, [['written', 2.03 * SECOND, 8, 0, 1]])
        .tell(0, 2.04 * SECOND, 'exited', { code: 0 })
        .end(2.05 * SECOND, 'exit-status', { code: 0 });
    assert.deepEqual(rules(during(wrote().resources(WORKER, 1.9 * SECOND, { Timeout: 1 }))), ['cut-off-while-writing']);
    assert.deepEqual(rules(during(wrote())), [], 'main may have had it written');
  });

  it('was not when it has told its owner since', () => {
    const story = wrote()
      .activity(WORKER, 2 * SECOND + 60, [['post', 2 * SECOND + 60, PARENT_PORT, 0, 1]])
      .activity(0, 2 * SECOND + 90, [['receive', 2 * SECOND + 90, PORT, 0, 1]]);
    assert.deepEqual(rules(returns(story, 2.1 * SECOND)), []);
  });

  it('may have been when what it told has not reached its owner', () => {
    const story = wrote()
      .activity(WORKER, 2 * SECOND + 60, [['post', 2 * SECOND + 60, PARENT_PORT, 0, 1]])
      .activity(0, 2 * SECOND + 90, [['post', 2 * SECOND + 90, PORT, 0, 1]]);
    assert.ok(rules(returns(story, 2.1 * SECOND)).includes('cut-off-while-writing'));
  });
});

describe('a daemon that was killed', () => {
  const cut = (unref: { at: ReturnType<typeof site>; listener?: true }): Finding =>
    findingsOf(
      returns(
        begun()
          .tell(0, 1.4 * SECOND, 'thread-unref', { id: WORKER, ...unref })
          .activity(WORKER, 2 * SECOND, [
            ...Story.opened(2 * SECOND, 8, 21, '/app/out'),
            ['write', 2 * SECOND, 8, 9, 1],
          ]),
        2.1 * SECOND,
      ),
    )[0]!;

  it('is told with the line that made it one', () => {
    const { text, at } = cut({ at: site(5) });
    assert.match(
      text,
      /^“reader” was killed when main finished\. It was unref’d at main\.js:5, so the process did not wait for it\./,
    );
    assert.deepEqual(at, site(5));
  });

  it('is not said to have been unref’d where a listener was removed', () => {
    const { text, at, related } = cut({ at: site(5), listener: true });
    assert.doesNotMatch(text + JSON.stringify(related), /unref/);
    assert.deepEqual(at, site(3));
  });
});

describe('a process whose threads only wait', () => {
  const waits = (): Story =>
    begun()
      .resources(0, 2 * SECOND, LISTENS, [PORT])
      .resources(WORKER, 2 * SECOND, LISTENS, [PARENT_PORT]);
  const killed = (story: Story, t: number): Story => story.end(t, 'exit-status', { signal: 'SIGTERM' });
  const stuck = (story: Story): boolean | undefined => pictureOf(story, 0).processes[0]!.alive?.stuck;

  it('is held by its worker', () => {
    assert.deepEqual(rules(killed(waits(), 8 * SECOND)), ['held-by-worker']);
  });

  it('is told whether the worker has answered', () => {
    const [plain] = findingsOf(killed(waits(), 8 * SECOND));
    assert.equal(
      plain!.text,
      'Main is only waiting, but worker “reader”, started at main.js:3, keeps the process alive: it listens for messages from its owner.',
    );
    const asked = waits()
      .activity(0, 2.1 * SECOND, [['post', 2.1 * SECOND, PORT, 0, 1]])
      .activity(WORKER, 2.2 * SECOND, [['receive', 2.2 * SECOND, PARENT_PORT, 0, 1]]);
    const [owing] = findingsOf(killed(asked, 8 * SECOND));
    assert.match(owing!.text, /It has not answered its owner’s last message\.$/);
  });

  it('is told that another worker failed without an answer, which is then what to mend', () => {
    const OTHER = WORKER + 1;
    const failed = waits()
      .tell(0, 0.1 * SECOND, 'thread-start', { id: OTHER, name: 'failing', file: '/app/other.js' })
      .activity(0, 0.2 * SECOND, [['post', 0.2 * SECOND, portOfWorker(OTHER), 0, 1]])
      .tell(OTHER, 0.3 * SECOND, 'thread-error', { id: OTHER, name: 'Error', message: 'no row', at: site(9) })
      .tell(OTHER, 0.3 * SECOND, 'exiting', { cause: 'error', code: 1 })
      .tell(OTHER, 0.3 * SECOND, 'exited', { code: 1 })
      .tell(0, 0.4 * SECOND, 'thread-exit', { id: OTHER, code: 1 });
    const [held] = findingsOf(killed(failed, 8 * SECOND));
    assert.match(held!.text, /“failing” failed before it had answered its owner’s last message\.$/);
    assert.deepEqual(held!.related.at(-1)?.at, site(9));
    assert.match(held!.advice, /^When a worker fails, reject/);
    assert.doesNotMatch(findingsOf(killed(waits(), 8 * SECOND))[0]!.advice, /fails/);
  });

  it('may end by itself while it takes processor time: native threads compute', () => {
    const story = waits().activity(0, 7.5 * SECOND, [['cpu', 7.5 * SECOND, 0, 980, 1000]]);
    assert.equal(stuck(killed(story, 8 * SECOND)), false);
    assert.deepEqual(rules(story), []);
  });

  it('will not when all that it took was the time of looking', () => {
    const story = waits().activity(0, 7.5 * SECOND, [['cpu', 7.5 * SECOND, 0, 3, 1000]]);
    assert.equal(stuck(killed(story, 8 * SECOND)), true);
  });

  it('may end by itself when something that is not seen keeps the worker', () => {
    const story = begun()
      .resources(0, 2 * SECOND, LISTENS, [PORT])
      .resources(WORKER, 2 * SECOND, {});
    assert.equal(stuck(killed(story, 8 * SECOND)), false);
  });

  it('is held by a worker that waits in Atomics.wait without end, and by none that waits for some time', () => {
    const blocked = (timeout: number): Story =>
      begun()
        .resources(0, 2 * SECOND, LISTENS, [PORT])
        .activity(WORKER, 2 * SECOND, [['block', 2 * SECOND, 1, timeout]]);
    assert.deepEqual(rules(killed(blocked(0), 8 * SECOND)), ['held-by-worker']);
    assert.deepEqual(rules(killed(blocked(60_000), 8 * SECOND)), []);
  });
});

describe('threads that wait for each other', () => {
  const OTHER = 2;
  const killed = (story: Story): Finding[] => findingsOf(story.end(8 * SECOND, 'exit-status', { signal: 'SIGTERM' }));
  /** As it is told while main’s loop does not turn: the worker’s does. */
  const turns = (story: Story): Story =>
    story.activity(WORKER, 7.5 * SECOND, [['unturned', 7.5 * SECOND, 0, 5400, 0]], 0);
  const waitsIn = (story: Story, thread: number, timeout = 0): Story =>
    story.activity(thread, 2 * SECOND, [['block', 2 * SECOND, 1, timeout]]);

  it('are main and a worker that waits for its messages', () => {
    const story = begun().resources(WORKER, 2 * SECOND, LISTENS, [PARENT_PORT]);
    const [found, ...more] = killed(turns(waitsIn(story, 0)));
    assert.deepEqual([found!.rule, more], ['deadlock', []]);
    assert.equal(
      found!.text,
      '“main” has waited in Atomics.wait for 6.0 s. As far as can be seen, nothing can wake it. “reader” waits for messages, and “main” can send none meanwhile.',
    );
    assert.doesNotMatch(found!.advice, /unref/);
  });

  it('are not when it is not known whether the worker computes', () => {
    const story = begun().resources(WORKER, 2 * SECOND, LISTENS, [PARENT_PORT]);
    assert.deepEqual(killed(waitsIn(story, 0)), []);
  });

  it('are not when the worker has something of its own to wait for, or main waits for some time', () => {
    const timer = begun().resources(WORKER, 2 * SECOND, { ...LISTENS, Timeout: 1 }, [PARENT_PORT]);
    assert.deepEqual(killed(turns(waitsIn(timer, 0))), []);
    const story = begun().resources(WORKER, 2 * SECOND, LISTENS, [PARENT_PORT]);
    assert.deepEqual(killed(turns(waitsIn(story, 0, 60_000))), []);
  });

  it('are main and a worker that has ended', () => {
    const story = begun().tell(WORKER, 1.9 * SECOND, 'thread-error', { id: WORKER, name: 'Error', message: 'no' });
    story
      .tell(WORKER, 1.91 * SECOND, 'exiting', { cause: 'error', code: 1 })
      .tell(WORKER, 1.92 * SECOND, 'exited', { code: 1 });
    const [found] = killed(waitsIn(story, 0));
    assert.equal(found!.rule, 'deadlock');
    assert.match(found!.text, /“reader”, which it had started, has ended: uncaught Error: no\.$/);
  });

  it('are two workers, unless they have done what they were to do', () => {
    const two = (): Story =>
      begun()
        .tell(0, 1.4 * SECOND, 'thread-start', { id: OTHER, name: 'writer', at: site(4) })
        .tell(OTHER, 1.5 * SECOND, 'thread-begin', {})
        .resources(0, 2 * SECOND, { MessagePort: 2 }, [PORT, portOfWorker(OTHER)]);
    const rulesOf = (story: Story): string[] => killed(waitsIn(waitsIn(story, WORKER), OTHER)).map(({ rule }) => rule);
    assert.deepEqual(rulesOf(two()), ['deadlock']);
    const answered = two()
      .activity(WORKER, 1.9 * SECOND, [['post', 1.9 * SECOND, PARENT_PORT, 0, 1]])
      .activity(0, 1.95 * SECOND, [['receive', 1.95 * SECOND, PORT, 0, 1]]);
    assert.deepEqual(rulesOf(answered), ['held-by-worker', 'held-by-worker']);
  });
});

describe('the error of a worker that ended main', () => {
  const failed = (heard: boolean | undefined): Finding => {
    const error = { name: 'Error', message: 'no' };
    const story = begun()
      .tell(WORKER, 2 * SECOND, 'thread-error', { id: WORKER, ...error })
      .tell(WORKER, 2 * SECOND, 'exiting', { cause: 'error', code: 1 })
      .tell(WORKER, 2 * SECOND, 'exited', { code: 1 })
      .tell(0, 2.1 * SECOND, 'thread-error', { id: WORKER, ...error, ...(heard === undefined ? {} : { heard }) })
      .tell(0, 2.2 * SECOND, 'thread-error', { id: 0, ...error })
      .tell(0, 2.2 * SECOND, 'exiting', { cause: 'error', code: 1 })
      .tell(0, 2.3 * SECOND, 'exited', { code: 1 });
    const [finding, ...others] = findingsOf(story);
    assert.equal(finding?.rule, 'unhandled-worker-error');
    assert.equal(others.length, 0);
    return finding;
  };

  it('had no listener where its owner tells so, and only there', () => {
    assert.match(failed(false).text, /Its Worker had no 'error' listener/);
    for (const heard of [true, undefined])
      assert.equal(
        failed(heard).text,
        '“reader” failed with Error: no. The error went on to main and ended the process.',
      );
  });

  it('is not to be listened for once more where somebody did', () => {
    assert.match(failed(true).advice, /^Handle the error where/);
    assert.match(failed(false).advice, /^Add worker\.on/);
  });
});

describe('a thread that ends with exit code 13', () => {
  const ends = (chosen: { chosen?: true }): Story =>
    begun()
      .tell(0, 2 * SECOND, 'exiting', { cause: 'returned', code: 13, ...chosen })
      .tell(0, 2.1 * SECOND, 'exited', { code: 13 });

  it('awaited something, unless the program had set that code', () => {
    assert.deepEqual(rules(ends({})), ['unsettled-await']);
    assert.deepEqual(rules(ends({ chosen: true })), []);
    const because = (story: Story): string => pictureOf(story, 0).processes[0]!.exit!.because;
    assert.match(because(ends({})), /although a top-level await had not settled$/);
    assert.equal(because(ends({ chosen: true })), 'nothing kept it alive any more');
  });
});

describe('a process that ends after a person asked the debugger to stop it', () => {
  const stopped = (signal: string): Snapshot => {
    const story = begun();
    story.events.push({ k: 'stop-request', p: story.p, t: 3 * SECOND, findings: true });
    story.activity(WORKER, 3 * SECOND, [
      ...Story.opened(2 * SECOND, FileId.firstOther, 20, '/app/out.log'),
      ['write', 2.9 * SECOND, FileId.firstOther, 0, 3000],
    ]);
    return pictureOf(story.end(3.2 * SECOND, 'exit-status', { signal }), 0);
  };
  const advice = (signal: string): string => stopped(signal).findings[0]!.advice;

  it('was killed at once by SIGKILL alone: other signals ask', () => {
    assert.match(advice('SIGKILL'), /"killBehavior": "polite"/);
    assert.doesNotMatch(advice('SIGTERM'), /killBehavior/);
  });

  it('may have crashed by itself', () => {
    assert.match(stopped('SIGTERM').processes[0]!.exit!.because, /^stopped by the debugger with SIGTERM$/);
    assert.match(stopped('SIGSEGV').processes[0]!.exit!.because, /^crashed with SIGSEGV/);
  });
});

describe('a time in a finding', () => {
  it('is told in steps that read well, and is never none', () => {
    const texts = [0, 4_000, 12_000, 94_000, 120_000, 9_960_000, 12_300_000].map(secondsText);
    assert.deepEqual(texts, ['0.0 s', '0.004 s', '0.01 s', '0.09 s', '0.1 s', '10.0 s', '12 s']);
  });
});
