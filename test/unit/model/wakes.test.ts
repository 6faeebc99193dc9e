// Who woke whom from Atomics.wait, out of what threads recorded: told where it is clear, and not guessed.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { TrackLog } from '../../../src/model/trackLog';
import { Blocking } from '../../../src/protocol/activity';
import { Story, type ActivityRecord } from '../../support/events';

const WAIT = Blocking['atomics-wait'];
const PLACE = 77;
/** Everything was drained that long ago, in µs. */
const LATER = 60_000_000;

const started = (story: Story, id: number): Story =>
  story.tell(0, 1000, 'thread-start', { id }).tell(id, 2000, 'thread-begin', {});
const begun = (): Story => started(started(new Story().begin(500), 1), 2);

const wait = (from: number, to: number, woken = 1, place = PLACE): ActivityRecord[] => [
  ['block', from, WAIT, 0, place],
  ['unblock', to, WAIT, woken],
];
/** @param took µs from its begin to `t`, when it returned */
const notify = (t: number, took = 5, place = PLACE): ActivityRecord => ['notify', t, 1, place, took];

/** As words: who woke whom, when it called and when the other went on. */
function wakesIn({ events, p }: Story): string[] {
  const model = emptyModel(true);
  for (const event of events) fold(model, event);
  const { wakes } = new TrackLog(model).take([`${p}:0`, `${p}:1`, `${p}:2`], LATER) ?? {};
  if (!wakes) return [];
  const { threads, from, to, base, posted, took } = wakes;
  const idOf = (index: number): string => threads[index]!.slice(p.length + 1);
  return posted.map((t, i) => `${idOf(from[i]!)} at ${base + t} woke ${idOf(to[i]!)} at ${base + t + took[i]!}`);
}

describe('who woke whom', () => {
  it('is the thread that called Atomics.notify() for the place where the other waited', () => {
    const story = begun()
      .activity(0, 9000, [notify(5005)])
      .activity(1, 9000, wait(3000, 5030))
      .end(LATER, 'gone');
    assert.deepEqual(wakesIn(story), ['0 at 5000 woke 1 at 5030']);
  });

  it('is told in whichever order the two are heard, and though the woken went on before the call returned', () => {
    const story = begun()
      .activity(1, 9000, wait(3000, 5030))
      .activity(0, 90_000, [notify(85_000, 80_000)])
      .end(LATER, 'gone');
    assert.deepEqual(wakesIn(story), ['0 at 5000 woke 1 at 5030']);
  });

  it('is the last of those that called before it went on', () => {
    const story = begun()
      .activity(0, 9000, [notify(4000)])
      .activity(2, 9000, [notify(5005)])
      .activity(1, 9000, wait(3000, 5030))
      .end(LATER, 'gone');
    assert.deepEqual(wakesIn(story), ['2 at 5000 woke 1 at 5030']);
  });

  it('is not told of two that called at nearly the same time', () => {
    const story = begun()
      .activity(0, 9000, [notify(4800)])
      .activity(2, 9000, [notify(5005)])
      .activity(1, 9000, wait(3000, 5030))
      .end(LATER, 'gone');
    assert.deepEqual(wakesIn(story), []);
  });

  it('is not told of waits that ran out, of calls for other places, before the wait or after it', () => {
    const story = begun()
      .activity(0, 9000, [notify(2900), notify(4000, 5, PLACE + 1), notify(6000)])
      .activity(1, 9000, wait(3000, 5030))
      .activity(2, 9000, wait(5900, 6010, 0))
      .end(LATER, 'gone');
    assert.deepEqual(wakesIn(story), []);
  });

  it('is not told of a place that could not be read', () => {
    const story = begun()
      .activity(0, 9000, [notify(5005, 5, 0)])
      .activity(1, 9000, wait(3000, 5030, 1, 0))
      .end(LATER, 'gone');
    assert.deepEqual(wakesIn(story), []);
  });

  it('waits while the program runs until what others did must have been heard', () => {
    const story = begun()
      .activity(0, 9000, [notify(5005)])
      .activity(1, 9000, wait(3000, 5030));
    assert.deepEqual(wakesIn(story), []);
    story.activity(2, 2_000_000, [['stall', 1_900_000, 0, 1]]);
    assert.deepEqual(wakesIn(story), ['0 at 5000 woke 1 at 5030']);
  });
});
