import assert from 'node:assert/strict';
import { lengthOf, runCountsOf, runOf, runsOf } from '../../../media/timeline/data/run';
import { demo, demoLive, manyLanes, severalProcesses, snapshotOf, START } from '../../webview/fixtures';

/** Threads that ended long ago. */
const EARLIER = {
  key: '1-1~0',
  owner: null,
  label: 'request.js',
  count: 1000,
  endings: { returned: 1000 },
  daemons: 0,
  lives: { shortest: 1, longest: 2, total: 1500 },
  dropped: 0,
};

describe('the run that is shown', () => {
  it('is the latest, unless another was chosen and is there', () => {
    const snapshot = severalProcesses();
    assert.deepEqual(runsOf(snapshot), [0, 1]);
    assert.equal(runOf(snapshot, undefined).index, 1);
    assert.equal(runOf(snapshot, 0).index, 0);
    assert.equal(runOf(snapshot, 7).index, 1);
  });

  it('goes on to now while it lives, and stops at the last known thing when it is over', () => {
    const live = runOf(demoLive(), undefined);
    assert.equal(live.live, true);
    assert.equal(lengthOf(live, START + 5e6), 5e6);
    const over = runOf(demo(), undefined);
    assert.equal(over.live, false);
    assert.equal(lengthOf(over, START + 99e6), 1_860_000);
  });

  it('counts threads, the living, the daemons among them, and the killed', () => {
    assert.deepEqual(runCountsOf(runOf(demo(), undefined)), { threads: 8, live: 0, daemons: 0, killed: 2 });
    const [first] = demo().processes;
    const earlier = { ...EARLIER, process: first!.key, first: first!.startedAt, last: first!.startedAt + 1 };
    const withEarlier = runOf({ ...demo(), earlier: [earlier] }, undefined);
    assert.deepEqual(runCountsOf(withEarlier), { threads: 1008, live: 0, daemons: 0, killed: 2 });
    assert.deepEqual(runCountsOf(runOf(demoLive(), undefined)), { threads: 9, live: 8, daemons: 3, killed: 0 });
  });

  it('has a lane for each of a thousand threads', () => {
    const snapshot = manyLanes(1000);
    assert.equal(runOf(snapshot, undefined).lanes.length, 1000);
  });

  it('keeps the lane of each thread of which nothing has changed', () => {
    const snapshot = demoLive();
    const before = runOf(snapshot, undefined);
    const [main, first, ...rest] = snapshot.threads;
    const changed = { ...first!, label: 'renamed' };
    const after = runOf({ ...snapshot, threads: [main!, changed, ...rest] }, undefined);
    const kept = after.lanes.filter((lane) => before.byKey.get(lane.key) === lane);
    assert.deepEqual(
      after.lanes.filter((lane) => !kept.includes(lane)).map(({ thread }) => thread.label),
      ['renamed', ...after.lanes.filter(({ owner }) => owner === changed).map(({ thread }) => thread.label)],
    );
  });

  it('of a session without contact is empty and live', () => {
    const run = runOf(snapshotOf([], { processes: [] }), undefined);
    assert.deepEqual([run.lanes.length, run.live, run.knownLength], [0, true, 0]);
  });
});
