// What is said of a thread that the debugger holds or held: none of it is the thread's own doing.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import type { ThreadPicture } from '../../../src/protocol/picture';
import { Story, site } from '../../support/events';

const WORKER = 1;
const SECOND = 1e6;

function worker({ events }: Story): ThreadPicture {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  const around = { title: '', now: 20 * SECOND, damaged: 0, complete: false, notices: [] };
  return snapshotOf(model, around).threads.find(({ id }) => id === WORKER)!;
}

const begun = (): Story =>
  new Story()
    .begin(0)
    .tell(0, 1 * SECOND, 'thread-start', { id: WORKER, at: site(3) })
    .tell(WORKER, 2 * SECOND, 'thread-begin', {});
function debuggerDid(story: Story, k: 'pause' | 'resume', t: number): Story {
  story.events.push({ k, p: story.p, tid: WORKER, t: t * SECOND });
  return story;
}
/** Main finds at `t` that the worker's loop has not turned for so many seconds. */
const unturned = (story: Story, t: number, lasted: number): Story =>
  story.activity(0, t * SECOND, [['unturned', t * SECOND, WORKER, lasted * 1000]]);

describe('a thread that the debugger holds', () => {
  it('is paused since then, and is not called unresponsive', () => {
    const { paused, activity } = worker(unturned(debuggerDid(begun(), 'pause', 4), 8, 4));
    assert.deepEqual(paused, { since: 4 * SECOND });
    assert.equal(activity!.unresponsive, undefined);
  });

  it('is paused no more once it goes on, or has ended', () => {
    const held = debuggerDid(begun(), 'pause', 4);
    assert.equal(worker(debuggerDid(held, 'resume', 5)).paused, undefined);
    const ended = debuggerDid(begun(), 'pause', 4).end(9 * SECOND, 'exit-status', { signal: 'SIGKILL' });
    assert.equal(worker(ended).paused, undefined);
  });

  it('is unresponsive afterwards only for the time since it went on', () => {
    const held = (): Story => debuggerDid(debuggerDid(begun(), 'pause', 4), 'resume', 8);
    assert.equal(worker(unturned(held(), 8.5, 5)).activity!.unresponsive, undefined, 'it has just begun to go on');
    const computes = true;
    assert.deepEqual(worker(unturned(held(), 12, 8.5)).activity!.unresponsive, {
      since: 8 * SECOND,
      t: 12 * SECOND,
      computes,
    });
    assert.deepEqual(worker(unturned(held(), 15, 5)).activity!.unresponsive, {
      since: 10 * SECOND,
      t: 15 * SECOND,
      computes,
    });
  });

  it('is not said to have had long synchronous runs', () => {
    const stalled = (): Story => begun().activity(WORKER, 8 * SECOND, [['stall', 8 * SECOND, 0, 4000]]);
    assert.equal(worker(stalled()).activity!.stalls.count, 1);
    assert.equal(worker(debuggerDid(debuggerDid(stalled(), 'pause', 4), 'resume', 8)).activity!.stalls.count, 0);
  });
});

describe('the name of a thread', () => {
  const named = (story: Story, t: number, name: string): Story => {
    story.events.push({ k: 'thread-named', p: story.p, tid: WORKER, t, name });
    return story;
  };

  it('is what the debugger calls it, where the runtime does not tell, as it was told first', () => {
    assert.equal(worker(named(named(begun(), 5, 'second'), 4, 'first')).label, 'first');
    assert.equal(worker(named(begun(), 4, 'WorkerThread')).name, undefined);
  });

  it('is what the runtime tells, where it does', () => {
    const story = new Story().begin(0).tell(0, 1, 'thread-start', { id: WORKER });
    assert.equal(worker(named(story, 2, 'other').tell(WORKER, 3, 'thread-begin', { name: 'own' })).label, 'own');
  });
});
