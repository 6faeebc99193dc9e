import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { Blocking, FileId, blockArg, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import type { ThreadActivity, ThreadPicture } from '../../../src/protocol/picture';
import { Story, site, type ActivityRecord } from '../../support/events';

const AROUND = { title: 'test', now: 0, damaged: 0, complete: false, notices: [] };
const TO_WORKER = portOfWorker(1);
const OTHER_PORT = 1;

const workerStory = (): Story =>
  new Story().begin(1000).tell(0, 2000, 'thread-start', { id: 1 }).tell(1, 2100, 'thread-begin', {});

function threads({ events }: Story): ThreadPicture[] {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, AROUND).threads;
}
const activityOf = (story: Story, id: number): ThreadActivity =>
  threads(story).find((thread) => thread.id === id)?.activity ?? assert.fail('no activity');

describe('messages between a worker and its owner', () => {
  const posts: ActivityRecord[] = [
    ['post', 3000, TO_WORKER, 0, 1],
    ['post', 3010, TO_WORKER, 0, 2],
    ['post', 3020, TO_WORKER, 0, 3],
  ];
  const receipts: ActivityRecord[] = [
    ['receive', 3100, PARENT_PORT, 0, 1],
    ['receive', 3310, PARENT_PORT, 0, 2],
  ];

  it('are counted on both ends, with the time from post to delivery and what is not delivered', () => {
    const story = workerStory().activity(0, 4000, posts).activity(1, 4000, receipts);
    assert.deepEqual(activityOf(story, 1).fromOwner, {
      posted: 3,
      received: 2,
      unheard: 0,
      waiting: 1,
      queue: { count: 2, mean: 200, longest: 300 },
    });
    assert.deepEqual(activityOf(story, 1).toOwner, { posted: 0, received: 0, unheard: 0, waiting: 0 });
  });

  it('tell the same when the receiver is heard first', () => {
    const one = workerStory().activity(0, 4000, posts).activity(1, 4000, receipts);
    const other = workerStory().activity(1, 4000, receipts).activity(0, 4000, posts);
    assert.deepEqual(threads(one), threads(other));
  });

  it('that nobody listened for are told apart', () => {
    const story = workerStory()
      .activity(1, 4000, [['post', 3000, PARENT_PORT, 0, 1]])
      .activity(0, 4000, [['receive', 3050, TO_WORKER, 1, 1]]);
    assert.deepEqual([activityOf(story, 1).toOwner?.unheard, activityOf(story, 1).toOwner?.waiting], [1, 0]);
  });

  it('that were received more often than posted make what waits unknown', () => {
    const story = workerStory().activity(0, 4000, posts.slice(0, 1)).activity(1, 4000, receipts);
    assert.equal(activityOf(story, 1).fromOwner?.waiting, undefined);
  });

  it('are unknown where one end was not recorded', () => {
    const { fromOwner, toOwner } = activityOf(workerStory().activity(1, 4000, receipts), 1);
    assert.deepEqual([fromOwner, toOwner], [undefined, undefined]);
    const [main] = threads(workerStory().activity(1, 4000, receipts));
    assert.equal(main?.activity, undefined, 'nothing is known of it');
  });

  it('are unknown of a worker without the probe, though its owner is seen to post', () => {
    const story = new Story().begin(1000).tell(0, 2000, 'thread-start', { id: 1 }).activity(0, 4000, posts);
    assert.equal(threads(story)[1]?.activity, undefined);
  });

  it('wait for a worker with the probe that has not got round to telling anything', () => {
    const { fromOwner } = activityOf(workerStory().activity(0, 4000, posts), 1);
    assert.deepEqual([fromOwner?.posted, fromOwner?.received, fromOwner?.waiting], [3, 0, 3]);
  });

  describe('on a channel between two workers', () => {
    // Main makes a channel of its ports 1 and 3, and gives one to each worker, who number them as they like.
    const mains: ActivityRecord[] = [
      ['channel', 2500, 1, 3],
      ['moved', 2501, 1, portOfWorker(1), 4],
      ['moved', 2502, 3, portOfWorker(2), 0],
    ];
    const firsts: ActivityRecord[] = [
      ['arrived', 2600, 5, PARENT_PORT, 4],
      ['post', 3000, 5, 0, 1],
      ['post', 3001, 5, 0, 2],
    ];
    const seconds: ActivityRecord[] = [
      ['arrived', 2700, 7, PARENT_PORT, 0],
      ['receive', 3100, 7, 0, 1],
    ];
    const story = (): Story => workerStory().tell(0, 2200, 'thread-start', { id: 2 }).tell(2, 2300, 'thread-begin', {});
    const none = { posted: 0, received: 0, unheard: 0, waiting: 0 };
    const sent = { posted: 2, received: 1, unheard: 0, waiting: 1, queue: { count: 1, mean: 100, longest: 100 } };

    it('are told with both, in whatever order the threads are heard', () => {
      const told: [number, ActivityRecord[]][] = [
        [0, mains],
        [1, firsts],
        [2, seconds],
      ];
      for (const order of [
        [0, 1, 2],
        [2, 1, 0],
        [1, 2, 0],
        [2, 0, 1],
      ]) {
        const s = story();
        for (const i of order) s.activity(told[i]![0], 4000, told[i]![1]);
        assert.deepEqual(activityOf(s, 1).channels, [{ with: s.key(2), to: sent, from: none }], order.join());
        assert.deepEqual(activityOf(s, 2).channels, [{ with: s.key(1), to: none, from: sent }], order.join());
        assert.deepEqual(activityOf(s, 1).otherPorts, { posted: 0, received: 0 });
      }
    });

    it('are ascribed to who has the port, also where it is told late that the port had gone there', () => {
      const [channel, first, second] = mains;
      // What main told last may be found in its memory when all others have told their ends.
      const s = story().activity(0, 4000, [channel!, second!]).activity(2, 4000, seconds).activity(1, 4000, firsts);
      assert.equal(activityOf(s, 2).channels[0]?.with, s.key(0));
      s.activity(0, 4001, [first!], 2);
      assert.deepEqual(activityOf(s, 1).channels, [{ with: s.key(2), to: sent, from: none }]);
      assert.deepEqual(activityOf(s, 2).channels, [{ with: s.key(1), to: none, from: sent }]);
    });

    it('are not ascribed to anyone when two ports came with the same message', () => {
      const s = story()
        .activity(0, 4000, [...mains, ['moved', 2503, 9, portOfWorker(1), 4]])
        .activity(1, 4000, firsts)
        .activity(2, 4000, seconds);
      assert.deepEqual(activityOf(s, 1).channels, []);
      assert.deepEqual(activityOf(s, 1).otherPorts, { posted: 2, received: 0 });
    });
  });

  it('on other ports are counted by themselves', () => {
    const story = workerStory().activity(1, 4000, [
      ['post', 3000, OTHER_PORT, 0, 7],
      ['receive', 3001, OTHER_PORT, 0, 3],
    ]);
    assert.deepEqual(activityOf(story, 1).otherPorts, { posted: 7, received: 3 });
  });
});

describe('messages on a BroadcastChannel', () => {
  const NEWS = 5;
  const channel = (story: Story, thread: number): Story =>
    story.tell(thread, 2400, 'port', { port: NEWS, broadcast: 'news' });
  const threeThreads = (): Story => {
    const story = workerStory().tell(0, 2200, 'thread-start', { id: 2 }).tell(2, 2300, 'thread-begin', {});
    return channel(channel(channel(story, 0), 1), 2);
  };
  const posts: ActivityRecord[] = [1, 2, 3].map((n) => ['post', 3000 + 10 * n, NEWS, 0, n]);
  const newsOf = (story: Story, id: number) => activityOf(story, id).broadcasts[0];

  it('are due to each channel that was there, with the time from post to delivery', () => {
    const story = threeThreads()
      .activity(0, 4000, posts)
      .activity(1, 4000, [
        ['born', 2500, NEWS],
        ['receive', 3110, NEWS, 0, 1],
        ['receive', 3220, NEWS, 0, 2],
      ])
      // Made after the first was posted, and closed before the last.
      .activity(2, 4000, [
        ['born', 3015, NEWS],
        ['receive', 3040, NEWS, 0, 1],
        ['shut', 3025, NEWS],
      ]);
    const queue = { count: 2, mean: 150, longest: 200 };
    assert.deepEqual(newsOf(story, 0), { name: 'news', posted: 3, received: 0, waiting: 0 });
    assert.deepEqual(newsOf(story, 1), { name: 'news', posted: 0, received: 2, waiting: 1, queue });
    const one = { count: 1, mean: 20, longest: 20 };
    assert.deepEqual(newsOf(story, 2), { name: 'news', posted: 0, received: 1, waiting: 0, queue: one });
  });

  it('from several threads have no known order, so no time in the queue', () => {
    const story = threeThreads()
      .activity(0, 4000, [...posts, ['receive', 3300, NEWS, 0, 1]])
      .activity(1, 4000, [
        ['post', 3005, NEWS, 0, 1],
        ...posts.map((p, i): ActivityRecord => ['receive', p[1] + 5, NEWS, 0, i + 1]),
      ])
      .activity(2, 4000, [['receive', 3500, NEWS, 0, 1]]);
    assert.deepEqual(newsOf(story, 2), { name: 'news', posted: 0, received: 1, waiting: 3 });
    assert.equal(newsOf(story, 1)?.queue?.count, 3, 'only main posts what comes to the first');
  });
});

describe('a thread that waits without turning its loop', () => {
  const wait: ActivityRecord = ['block', 3000, Blocking['atomics-wait'], 500];

  it('is told with what it waits in, since when and how long at most', () => {
    const { blocked } = activityOf(workerStory().activity(1, 4000, [wait]), 1);
    assert.deepEqual(blocked, { kind: 'atomics-wait', what: 'Atomics.wait', since: 3000, timeout: 500 });
  });

  it('is told with the line it waits on, also where that is heard of later', () => {
    const at = site(7, '/app/worker.js');
    const told = workerStory()
      .activity(1, 4000, [['block', 3000, blockArg(Blocking['atomics-wait'], 2), 500]])
      .tell(1, 3100, 'wait-site', { site: 2, at });
    assert.deepEqual(activityOf(told, 1).blocked, {
      kind: 'atomics-wait',
      what: 'Atomics.wait',
      since: 3000,
      timeout: 500,
      at,
    });
  });

  it('is told as no longer waiting, with the time that it took', () => {
    const { blocked, blocks, blockedFor } = activityOf(
      workerStory().activity(1, 4000, [wait, ['unblock', 3250, Blocking['atomics-wait']]]),
      1,
    );
    assert.deepEqual([blocked, blocks, blockedFor], [undefined, 1, 250]);
  });
});

describe('writes', () => {
  const write: ActivityRecord = ['write', 3000, FileId.firstOther, 4096, 1];
  const begun = (): Story => workerStory().activity(1, 2960, Story.opened(2950, FileId.firstOther, 21, '/app/öut.log'));

  it('that are not finished are told with path and bytes', () => {
    const { writing, openFiles } = activityOf(begun().activity(1, 4000, [write]), 1);
    assert.deepEqual(writing, [{ to: '/app/öut.log', bytes: 4096, since: 3000, isFile: true }]);
    assert.deepEqual(
      openFiles.map(({ path }) => path),
      ['/app/öut.log'],
    );
  });

  it('that are finished are no longer told, and the file stays open until it is closed', () => {
    const finished = begun().activity(1, 4000, [write, ['written', 3100, FileId.firstOther, 0, 1]]);
    assert.deepEqual(activityOf(finished, 1).writing, []);
    assert.equal(activityOf(finished, 1).openFiles[0]?.path, '/app/öut.log');
    const closed = finished.activity(1, 4100, [['closed', 3200, FileId.firstOther]]);
    assert.deepEqual(activityOf(closed, 1).openFiles, []);
  });

  it('to a file whose path is not known, or not whole, are told by its descriptor', () => {
    const opened = Story.opened(2950, FileId.firstOther, 21, '/app/a/long/path').slice(0, 2);
    const { writing } = activityOf(workerStory().activity(1, 4000, [...opened, write]), 1);
    assert.equal(writing[0]?.to, 'file descriptor 21');
  });

  it('to standard output are summed until the owner has them', () => {
    const story = workerStory().activity(1, 4000, [
      ['write', 3000, FileId.stdout, 10],
      ['write', 3005, FileId.stdout, 20],
    ]);
    assert.deepEqual(activityOf(story, 1).writing, [{ to: 'standard output', bytes: 30, since: 3000, isFile: false }]);
    assert.deepEqual(activityOf(story.activity(1, 4100, [['written', 3300, FileId.stdout]]), 1).writing, []);
  });
});

describe('batches of activity', () => {
  const post = (n: number): ActivityRecord => ['post', 3000 + n, OTHER_PORT, 0, n];

  it('that overlap are counted once: a batch is told again when the thread that told it died', () => {
    const story = workerStory()
      .activity(1, 4000, [['block', 3000, 1], ['unblock', 3100, 1], post(1)], 0)
      .activity(1, 4100, [['unblock', 3100, 1], post(1), post(2)], 1);
    const { blocks, otherPorts, dropped } = activityOf(story, 1);
    assert.deepEqual([blocks, otherPorts.posted, dropped], [1, 2, 0]);
  });

  it('with a hole between them are told as dropped records, and what was going on before is not known any more', () => {
    const story = workerStory()
      .activity(1, 4000, [
        ['write', 3000, FileId.firstOther, 1, 1],
        ['block', 3001, 1],
      ])
      .activity(1, 4100, [post(50)], 42);
    const { writing, blocked, dropped, otherPorts } = activityOf(story, 1);
    assert.deepEqual([writing, blocked, dropped], [[], undefined, 40]);
    assert.equal(otherPorts.posted, 50, 'counts are told as totals');
  });

  it('are numbered on over 2^32', () => {
    const story = workerStory()
      .activity(1, 4000, [post(1)], 2 ** 31)
      .activity(1, 4100, [post(2)], 2 ** 32 - 1)
      .activity(1, 4200, [post(3)], 0);
    assert.equal(activityOf(story, 1).otherPorts.posted, 3);
    assert.equal(activityOf(story, 1).dropped, 2 ** 32 - 2);
  });

  it('of a thread that nothing else is known of add no thread', () => {
    const story = workerStory().activity(7, 4000, [post(1)]);
    assert.deepEqual(
      threads(story).map(({ id }) => id),
      [0, 1],
    );
  });

  it('tell of workers what their owner saw: how busy they are, and their memory', () => {
    const story = workerStory().activity(0, 4000, [
      ['loop', 3000, 1, 250, 100],
      ['heap', 3001, 1, 2048, 4096],
    ]);
    const { loop, heap } = activityOf(story, 1);
    assert.deepEqual(loop, { t: 3000, busy: 0.25 });
    assert.deepEqual(heap, { t: 3001, usedKiB: 2048, limitKiB: 4096 });
  });

  it('say how busy a loop was over a time that says something, and not over the last moment before an end', () => {
    const looks = (...all: [t: number, share: number, ms: number][]) =>
      activityOf(
        workerStory().activity(
          0,
          900_000,
          all.map(([t, share, ms]) => ['loop', t, 1, share, ms]),
        ),
        1,
      ).loop;
    assert.deepEqual(looks([500_000, 250, 200], [503_000, 1000, 3]), { t: 500_000, busy: 0.25 });
    assert.deepEqual(looks([500_000, 250, 200], [700_000, 1000, 200]), { t: 700_000, busy: 1 });
    assert.deepEqual(looks([3000, 1000, 3]), { t: 3000, busy: 1 }, 'it is all that is known');
  });
});
