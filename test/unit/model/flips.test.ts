// Threads that are flipped again and again: what is kept of it stays small, and says of the moments that count the same as
// every single flip would.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Flip, Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { valueAt } from '../../../src/model/conclusions/cutOff';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { Story, site } from '../../support/events';

const WORKER = 1;
const NESTED = 2;
const MANY = 20_000;
/** More than are kept apart. */
const MOST = 65;

const pictureOf = (events: Iterable<LifecycleEvent>, now = 1e9): Snapshot => {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now, damaged: 0, complete: true, notices: [] });
};
const threadIn = ({ events }: Story, id = WORKER): ThreadPicture =>
  pictureOf(events).threads.find((thread) => thread.id === id)!;

const started = (): Story =>
  new Story().begin(1000).tell(0, 2000, 'thread-start', { id: WORKER, name: 'worker', at: site(3) });
/** Unref'd on line 10, ref'd on line 11. */
function flipped(story: Story, from: number, count: number, apart: number, id = WORKER): Story {
  for (let n = 0; n < count; n++) {
    const k = n % 2 === 0 ? 'thread-unref' : 'thread-ref';
    story.tell(0, from + n * apart, k, { id, at: site(10 + (n % 2)) });
  }
  return story;
}
const ended = (story: Story, t: number): Story =>
  story
    .tell(0, t, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, t + 100, 'exited', { code: 0 })
    .end(t + 200, 'exit-status', { code: 0 });
const killed = (story: Story, t: number): Story => story.end(t, 'exit-status', { signal: 'SIGKILL' });

const countOf = (flips: readonly Flip[]): number => flips.slice(1).reduce((sum, { run }) => sum + (run?.count ?? 1), 0);
const brief = (flips: readonly Flip[]): unknown[] =>
  flips.map(({ t, value, run }) => [run?.since, t, value].filter((part) => part !== undefined));

describe('a thread that is flipped again and again', () => {
  it('is told in a few stretches, with the number of flips, the last one and both lines', () => {
    const { refs, keepsAlive } = threadIn(flipped(started(), 10_000, MANY, 50));
    assert.ok(refs.length <= MOST && keepsAlive.length <= MOST);
    assert.equal(countOf(refs), MANY);
    const { t, value, at, run } = refs.at(-1)!;
    assert.deepEqual([t, value, at?.line, run?.other?.line], [10_000 + (MANY - 1) * 50, true, 11, 10]);
    assert.equal(run!.since, 10_000);
  });

  it('has each flip by itself while there are few', () => {
    const { refs } = threadIn(flipped(started(), 10_000, 60, 1));
    assert.equal(refs.length, 61);
    assert.ok(refs.every(({ run }) => !run));
  });

  it('is told apart where there was a pause', () => {
    const story = flipped(flipped(started(), 1e6, 1000, 50), 60e6, 1000, 50);
    const runs = threadIn(story).refs.filter(({ run }) => run);
    assert.deepEqual(
      runs.map(({ t, run }) => [run!.since, t, run!.count]),
      [
        [1e6, 1e6 + 999 * 50, 1000],
        [60e6, 60e6 + 999 * 50, 1000],
      ],
    );
  });

  it('counts as what it was when its owner began to exit, whatever was done to it afterwards', () => {
    const story = flipped(started(), 10_000, 1001, 50); // unref'd
    story.tell(0, 61_000, 'exiting', { cause: 'returned', code: 0 });
    story.tell(0, 61_001, 'thread-ref', { id: WORKER, at: site(20) });
    flipped(story, 61_010, 301, 1).tell(0, 61_400, 'thread-ref', { id: WORKER, at: site(20) });
    story.tell(0, 62_000, 'exited', { code: 0 }).end(63_000, 'exit-status', { code: 0 });
    const { keepsAlive, refs } = threadIn(story);
    assert.equal(keepsAlive.at(-1)!.value, false);
    assert.equal(refs.at(-1)!.value, true);
  });

  it('says at every moment that is known what each single flip would, in whatever order they are heard of', () => {
    const gaps = fc.array(fc.constantFrom(1, 40, 3_000, 400_000, 20_000_000), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(gaps, fc.nat(), (steps, seed) => {
        let t = 10_000;
        const times = steps.map((gap) => (t += gap));
        const story = started();
        times.forEach((at, n) => story.tell(0, at, n % 2 === 0 ? 'thread-unref' : 'thread-ref', { id: WORKER }));
        const single = [{ t: 2000, value: true }, ...times.map((at, n) => ({ t: at, value: n % 2 === 1 }))];
        const { refs } = threadIn(story);
        assert.ok(refs.length <= MOST);
        assert.equal(countOf(refs), times.length);
        for (const at of [...times, Infinity]) {
          const known = valueAt(refs, at);
          if (known !== undefined) assert.equal(known, valueAt(single, at));
          else assert.ok(refs.some((flip) => flip.run && flip.run.since <= at && at < flip.t));
        }
        const shuffled = [...story.events].sort((a, b) => ((a.t * 7919 + seed) % 1009) - ((b.t * 7919 + seed) % 1009));
        const [, worker] = pictureOf(shuffled).threads.sort((a, b) => a.id - b.id);
        assert.deepEqual(worker!.refs, refs);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a run of flips that the probe counted', () => {
  const report = { id: WORKER, count: 1, since: 20_000, until: 20_000, refd: false, unrefAt: site(10) };
  const begun = (): Story => started().tell(0, 20_000, 'thread-flips', { ...report, open: true });
  const gone_on = (): Story =>
    begun().tell(0, 60_000, 'thread-flips', {
      ...{ id: WORKER, count: 500, since: 20_050, until: 59_000, refd: false, open: true as const },
      ...{ refAt: site(11), unrefAt: site(10) },
    });
  const over = (): Story =>
    gone_on().tell(0, 100_000, 'thread-flips', { id: WORKER, count: 0, since: 59_000, until: 59_000, refd: false });

  it('is one with what was told before and after', () => {
    const { refs } = threadIn(over());
    assert.deepEqual(brief(refs), [
      [2000, true],
      [20_000, false],
      [20_050, 59_000, false],
    ]);
    assert.deepEqual([refs[2]!.at, refs[2]!.run!.other, refs[2]!.run!.count], [site(10), site(11), 500]);
  });

  it('is known to its last flip when its owner ends in order', () => {
    const { refs, keepsAlive, ended: ending } = threadIn(ended(over(), 200_000));
    assert.equal(ending?.by, 'main-exit');
    assert.equal(refs.at(-1)!.value, false);
    assert.equal(keepsAlive.at(-1)!.value, false);
  });

  it('is unknown from its last report on when its owner was killed before it could tell that it is over', () => {
    const { refs, keepsAlive } = threadIn(killed(gone_on(), 70_000));
    assert.deepEqual(brief(refs).at(-1), [59_000]);
    assert.equal(keepsAlive.at(-1)!.value, undefined);
    assert.equal(valueAt(keepsAlive, 10_000), true);
  });

  it('is known when it had been told to be over before its owner was killed', () => {
    assert.equal(threadIn(killed(over(), 170_000)).keepsAlive.at(-1)!.value, false);
  });

  it('counts as it was last told while its owner lives', () => {
    assert.equal(threadIn(gone_on()).keepsAlive.at(-1)!.value, false);
  });

  it('shows nobody as who holds a process of which it is not known', () => {
    const resources = gone_on().resources(0, 65_000, {});
    const [process] = pictureOf(killed(resources, 70_000).events).processes;
    assert.deepEqual(process!.alive?.holders, []);
  });
});

describe('whether a thread below one that is flipped again and again keeps the process alive', () => {
  const nested = (): Story =>
    started().tell(WORKER, 3000, 'thread-start', { id: NESTED, name: 'nested', at: site(30) });
  const run = { id: WORKER, count: 100, since: 10_000, until: 20_000, refd: true };

  it('changes with it', () => {
    const story = nested().tell(0, 20_001, 'thread-flips', run);
    assert.deepEqual(brief(threadIn(story, NESTED).keepsAlive), [
      [3000, true],
      [10_000, 20_000, true],
    ]);
  });

  it('does not while it is itself a daemon', () => {
    const story = nested().tell(WORKER, 5000, 'thread-unref', { id: NESTED }).tell(0, 20_001, 'thread-flips', run);
    assert.deepEqual(brief(threadIn(story, NESTED).keepsAlive), [
      [3000, true],
      [5000, false],
    ]);
  });

  it('is settled in the middle of the run when it becomes a daemon then, by its own line', () => {
    const story = nested()
      .tell(WORKER, 15_000, 'thread-unref', { id: NESTED, at: site(40) })
      .tell(0, 20_001, 'thread-flips', run);
    const { keepsAlive } = threadIn(story, NESTED);
    assert.deepEqual(brief(keepsAlive), [
      [3000, true],
      [10_000, 15_000, false],
    ]);
    assert.deepEqual([keepsAlive[1]!.at, keepsAlive[1]!.run!.count], [site(40), undefined]);
  });

  it('is unknown at its start in the middle of the run', () => {
    const story = started()
      .tell(WORKER, 15_000, 'thread-start', { id: NESTED, name: 'nested', at: site(30) })
      .tell(0, 20_001, 'thread-flips', run);
    assert.deepEqual(brief(threadIn(story, NESTED).keepsAlive), [[15_000], [15_000, 20_000, true]]);
  });
});
