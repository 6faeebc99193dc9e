import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { portOfWorker } from '../../../src/protocol/activity';
import type { Ending, ProcessPicture, Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { Story, site } from '../../support/events';

function pictureOf(events: LifecycleEvent[]): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now: 0, damaged: 0, complete: true, notices: [] });
}

function thread(story: Story, id: number): ThreadPicture {
  const found = pictureOf(story.events).threads.find((t) => t.key === story.key(id));
  assert.ok(found, `thread ${id} is in the picture`);
  return found;
}

const ending = (story: Story, id: number): Ending | undefined => thread(story, id).ended;
const onlyProcess = (story: Story): ProcessPicture => pictureOf(story.events).processes[0]!;

const startedWorker = (): Story =>
  new Story()
    .begin(1000)
    .tell(0, 2000, 'thread-start', { id: 1, name: 'logger', file: '/app/logger.js', at: site(7) })
    .tell(1, 2100, 'thread-begin', {})
    .tell(0, 2200, 'thread-online', { id: 1 });

describe('where not all records could be written', () => {
  const unwritten = (story: Story): Story => {
    story.events.push({ k: 'unwritten', p: story.p, t: 2_500 });
    return story;
  };
  const ended = (story: Story, how: { code?: number; signal?: string } | undefined): Story => {
    story.events.push({ k: 'process-end', p: story.p, t: 9_000, how: how ? 'exit-status' : 'gone', ...how });
    return story;
  };

  it('how main and its workers ended is unknown, with the exit code that was seen', () => {
    const story = ended(unwritten(startedWorker()), { code: 0 });
    const { t: _, ...main } = onlyProcess(story).exit!;
    assert.match(main.because, /not known, because not all of its records could be written/);
    assert.deepEqual({ ...main, because: '' }, { by: 'unknown', code: 0, because: '', fromOutside: false });
    assert.equal(ending(story, 1)?.by, 'unknown');
    assert.equal(thread(story, 1).state, 'ended');
    assert.equal(onlyProcess(ended(unwritten(startedWorker()), undefined)).exit?.by, 'unknown', 'of a child too');
  });

  it('a signal that was seen ended main, but not for certain its workers', () => {
    const story = ended(unwritten(startedWorker()), { signal: 'SIGKILL' });
    assert.equal(onlyProcess(story).exit?.by, 'signal');
    assert.equal(ending(story, 1)?.by, 'unknown');
  });

  it('they are known all the same when their owner told all, to its end', () => {
    const story = unwritten(startedWorker())
      .tell(0, 3000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 3010, 'exited', { code: 0 });
    assert.equal(ending(ended(story, { code: 0 }), 1)?.by, 'main-exit');
    const hole = startedWorker().tell(0, 2900, 'thread-online', { id: 1 }); // as any record might
    hole.events.pop();
    hole.tell(0, 3000, 'exiting', { cause: 'returned', code: 0 }).tell(0, 3010, 'exited', { code: 0 });
    assert.equal(ending(hole, 1)?.by, 'main-exit', 'a loss that was not the disk’s is told by its count');
    assert.equal(ending(ended(unwritten(hole), { code: 0 }), 1)?.by, 'unknown');
  });

  it('nobody is said to have kept the process alive, nor to be in the middle of anything', () => {
    const story = (): Story =>
      startedWorker()
        .activity(0, 2_400, [['post', 2_300, portOfWorker(1), 0, 2]])
        .activity(1, 2_500, [['write', 2_400, 1, 100]])
        .tell(0, 3000, 'exiting', { cause: 'exit-call', code: 0, at: site(9) })
        .tell(0, 3010, 'exited', { code: 0 });
    const [sure, unsure] = [story(), unwritten(story())].map((one) => pictureOf(ended(one, { code: 0 }).events));
    assert.ok(sure!.findings.length > 0 && sure!.processes[0]!.holds.length > 0);
    assert.deepEqual([unsure!.findings, unsure!.processes[0]!.holds, unsure!.processes[0]!.unwritten], [[], [], true]);
    assert.deepEqual(
      unsure!.threads.map(({ unfinished }) => unfinished),
      [undefined, undefined],
    );
  });
});

describe('how a worker ended', () => {
  it('is not claimed while nothing says so', () => {
    assert.equal(ending(startedWorker(), 1), undefined);
    assert.equal(thread(startedWorker(), 1).state, 'alive');
  });

  it('is "returned" when its loop drained', () => {
    const story = startedWorker()
      .tell(1, 3000, 'exiting', { cause: 'returned', code: 0 })
      .tell(1, 3010, 'exited', { code: 0 })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 0 });
    assert.equal(ending(story, 1)?.by, 'returned');
    assert.equal(ending(story, 1)?.fromOutside, false);
  });

  it('is still open while its exit handlers run', () => {
    const story = startedWorker().tell(1, 3000, 'exiting', { cause: 'returned', code: 0 });
    assert.equal(ending(story, 1), undefined);
    assert.equal(thread(story, 1).state, 'exiting');
  });

  it('is "exit-call" with the line and the code when it called process.exit', () => {
    const story = startedWorker()
      .tell(1, 3000, 'exiting', { cause: 'exit-call', code: 3, at: site(12, '/app/logger.js') })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 3 });
    assert.deepEqual(ending(story, 1)?.at, site(12, '/app/logger.js'));
    assert.equal(ending(story, 1)?.code, 3);
    assert.equal(ending(story, 1)?.because, 'process.exit(3) at logger.js:12');
  });

  it('is "terminate" with the line that called it', () => {
    const story = startedWorker()
      .tell(0, 3000, 'terminate-call', { id: 1, at: site(20) })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 1 });
    assert.equal(ending(story, 1)?.by, 'terminate');
    assert.deepEqual(ending(story, 1)?.at, site(20));
    assert.equal(ending(story, 1)?.fromOutside, true);
  });

  it('is its own return when that came before terminate() took hold', () => {
    const story = startedWorker()
      .tell(1, 2900, 'exiting', { cause: 'returned', code: 0 })
      .tell(1, 2910, 'exited', { code: 0 })
      .tell(0, 2950, 'terminate-call', { id: 1, at: site(20) })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 0 });
    assert.equal(ending(story, 1)?.by, 'returned');
  });

  it('is "error" with what was thrown', () => {
    const story = startedWorker()
      .tell(1, 3000, 'thread-error', { id: 1, name: 'TypeError', message: 'x is not\na function', at: site(4) })
      .tell(1, 3001, 'exiting', { cause: 'error', code: 1 })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 1 });
    assert.equal(ending(story, 1)?.by, 'error');
    assert.equal(ending(story, 1)?.because, 'uncaught TypeError: x is not at main.js:4');
  });

  it('is "error" by its owner’s word alone when it ran without the probe', () => {
    const story = new Story()
      .begin(1000)
      .tell(0, 2000, 'thread-start', { id: 1, at: site(7) })
      .tell(0, 3000, 'thread-error', { id: 1, name: 'Error', message: 'boom' })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 1 });
    assert.equal(ending(story, 1)?.by, 'error');
  });

  it('is "out-of-memory" at its heap limit', () => {
    const story = startedWorker().tell(0, 3000, 'thread-exit', { id: 1, code: 1, outOfMemory: true });
    assert.equal(ending(story, 1)?.by, 'out-of-memory');
    assert.equal(ending(story, 1)?.fromOutside, true);
  });

  it('is unknown when it had no probe and only its exit code was seen', () => {
    const story = new Story()
      .begin(1000)
      .tell(0, 2000, 'thread-start', { id: 1, at: site(7) })
      .tell(0, 3000, 'thread-exit', { id: 1, code: 0 });
    assert.equal(ending(story, 1)?.by, 'unknown');
    assert.equal(thread(story, 1).probed, false);
  });

  it('is "main-exit" with main’s own cause when main ended first', () => {
    const story = startedWorker()
      .tell(0, 5000, 'exiting', { cause: 'exit-call', code: 0, at: site(30) })
      .tell(0, 5100, 'exited', { code: 0 });
    assert.equal(ending(story, 1)?.by, 'main-exit');
    assert.equal(ending(story, 1)?.because, 'killed with main: process.exit(0) at main.js:30');
    assert.deepEqual(ending(story, 1)?.at, site(30));
    assert.equal(ending(story, 1)?.t, 5100);
  });

  it('is open while main’s exit handlers run: workers live on meanwhile', () => {
    const story = startedWorker().tell(0, 5000, 'exiting', { cause: 'returned', code: 0 });
    assert.equal(ending(story, 1), undefined);
    assert.equal(thread(story, 0).state, 'exiting');
  });

  it('reaches to its own last record when that came after main’s end', () => {
    const story = startedWorker()
      .tell(0, 5000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 5100, 'exited', { code: 0 })
      .tell(1, 5150, 'thread-start', { id: 2 });
    assert.equal(ending(story, 1)?.t, 5150);
  });

  it('is "owner-exit" when the worker that started it ended first', () => {
    const story = startedWorker()
      .tell(1, 2500, 'thread-start', { id: 2, name: 'nested', at: site(2, '/app/logger.js') })
      .tell(1, 3000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 3100, 'thread-exit', { id: 1, code: 0 });
    assert.equal(ending(story, 2)?.by, 'owner-exit');
    assert.match(ending(story, 2)!.because, /killed with its owner “logger”/);
  });

  it('is "main-exit", not "owner-exit", when owner and all die with main', () => {
    const story = startedWorker()
      .tell(1, 2500, 'thread-start', { id: 2, name: 'nested' })
      .tell(0, 5000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 5100, 'exited', { code: 0 });
    assert.equal(ending(story, 2)?.by, 'main-exit');
  });

  it('is "signal" when the process was killed', () => {
    const story = startedWorker().end(4000, 'exit-status', { signal: 'SIGKILL' });
    assert.equal(ending(story, 1)?.by, 'signal');
    assert.equal(ending(story, 1)?.signal, 'SIGKILL');
    assert.equal(ending(story, 0)?.by, 'signal');
  });

  it('is lost contact when we stopped looking while it ran', () => {
    const story = startedWorker().end(4000, 'lost-contact');
    assert.equal(thread(story, 1).state, 'lost-contact');
    assert.equal(ending(story, 1)?.t, 2200, 'the lane ends where the thread was last heard of');
  });
});

describe('how main ended', () => {
  it('tells which end of a worker it heard of when it threw, and what had ended that', () => {
    const failed = (stack: string): string | undefined =>
      ending(
        startedWorker()
          .tell(0, 3000, 'terminate-call', { id: 1, at: site(20) })
          .tell(0, 3100, 'thread-exit', { id: 1, code: 1 })
          .tell(0, 3200, 'thread-error', { id: 0, name: 'Error', message: 'stopped', at: site(9), stack })
          .tell(0, 3300, 'exiting', { cause: 'error', code: 1 })
          .tell(0, 3400, 'exited', { code: 1 }),
        0,
      )?.because;
    const frames = (last: string): string =>
      `Error: stopped\n    at main.js:9:3\n    at ${last} (node:internal/worker:400:10)`;
    assert.equal(
      failed(frames('[kOnExit]')),
      'uncaught Error: stopped at main.js:9, in a listener for the end of “logger” (terminate() was called at main.js:20)',
    );
    assert.equal(failed(frames('[kOnMessage]')), 'uncaught Error: stopped at main.js:9');
  });

  it('tells the code that the process ended with', () => {
    const story = startedWorker()
      .tell(0, 5000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 5100, 'exited', { code: 0 })
      .end(5200, 'exit-status', { code: 7 });
    assert.equal(onlyProcess(story).exit?.code, 7);
    assert.equal(onlyProcess(story).exit?.by, 'returned');
  });

  it('is a signal even when it was about to exit', () => {
    const story = startedWorker()
      .tell(0, 5000, 'exiting', { cause: 'returned', code: 0 })
      .end(5200, 'exit-status', { signal: 'SIGTERM' });
    assert.equal(onlyProcess(story).exit?.by, 'signal');
  });

  it('is unknown when the process ended with a code but ran no exit handlers', () => {
    const story = startedWorker().end(5200, 'exit-status', { code: 0 });
    assert.equal(onlyProcess(story).exit?.by, 'unknown');
    assert.equal(ending(story, 1)?.by, 'main-exit');
  });

  it('is told by the surer of two tellings', () => {
    const story = startedWorker().end(5000, 'lost-contact').end(5100, 'exit-status', { signal: 'SIGSEGV' });
    assert.equal(onlyProcess(story).exit?.signal, 'SIGSEGV');
    const other = startedWorker().end(5100, 'exit-status', { signal: 'SIGSEGV' }).end(5000, 'lost-contact');
    assert.equal(onlyProcess(other).exit?.signal, 'SIGSEGV');
  });
});

describe('who keeps the process alive', () => {
  const flips = (story: Story, id: number) => thread(story, id).keepsAlive.map(({ t, value }) => [t, value]);

  it('is a worker from its start until it is unref’d, with the line that did it', () => {
    const story = startedWorker().tell(0, 2500, 'thread-unref', { id: 1, at: site(8) });
    assert.deepEqual(flips(story, 1), [
      [2000, true],
      [2500, false],
    ]);
    assert.deepEqual(thread(story, 1).keepsAlive[1]?.at, site(8));
  });

  it('is not a ref’d worker whose owner is unref’d', () => {
    const story = startedWorker()
      .tell(0, 2400, 'thread-unref', { id: 1, at: site(8) })
      .tell(1, 2500, 'thread-start', { id: 2, at: site(2) })
      .tell(0, 2600, 'thread-ref', { id: 1, at: site(9) });
    assert.deepEqual(flips(story, 2), [
      [2500, false],
      [2600, true],
    ]);
    assert.deepEqual(thread(story, 2).keepsAlive[1]?.at, site(9), 'the call on its owner made it so');
  });

  it('is decided when its owner begins to exit: what exit handlers do changes nothing', () => {
    const story = startedWorker()
      .tell(0, 2400, 'thread-unref', { id: 1, at: site(8) })
      .tell(0, 2500, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 2600, 'thread-ref', { id: 1, at: site(9) })
      .tell(0, 2700, 'thread-start', { id: 2, at: site(10) });
    assert.deepEqual(flips(story, 1), [
      [2000, true],
      [2400, false],
    ]);
    assert.deepEqual(flips(story, 2), [[2700, false]]);
    assert.equal(thread(story, 1).refs.length, 3, 'the calls themselves are told');
  });

  it('is unknown for a worker whose start was not seen', () => {
    const story = new Story().begin(1000).tell(0, 2000, 'thread-online', { id: 1 });
    assert.deepEqual(flips(story, 1), []);
    assert.equal(thread(story, 1).owner, null);
  });
});
