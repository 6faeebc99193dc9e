import assert from 'node:assert/strict';
import { countsOf, lengthOf, runOf, runsOf } from '../../../media/timeline/run';
import { demo, demoLive, manyLanes, severalProcesses, snapshotOf, START, thread } from '../../webview/fixtures';
import { PROCESS } from '../../webview/fixtures';

const tree = (snapshot: Parameters<typeof runOf>[0], chosen?: number): string[] =>
  runOf(snapshot, chosen).rows.map((row) =>
    row.kind === 'process' ? `pid ${row.process.pid}` : `${'  '.repeat(row.depth)}${row.thread.label}`,
  );

describe('the run that is shown', () => {
  it('is a tree: each thread under the one that started it, in the order of their starts', () => {
    assert.deepEqual(tree(demo()), [
      'main',
      '  logger',
      '  holder',
      '  build',
      '    minify',
      '  flaky',
      '  stuck',
      '  <img src=x onerror=alert(1)>',
    ]);
  });

  it('is the latest, unless another was chosen and is there', () => {
    const snapshot = severalProcesses();
    assert.deepEqual(runsOf(snapshot), [0, 1]);
    assert.equal(runOf(snapshot, undefined).index, 1);
    assert.equal(runOf(snapshot, 0).index, 0);
    assert.equal(runOf(snapshot, 7).index, 1);
  });

  it('has a row for each process when there are several, and for one that cannot be observed', () => {
    assert.deepEqual(tree(severalProcesses()), ['pid 4713', '  main', '    indexer', '    watcher', 'pid 4714']);
    assert.deepEqual(tree(severalProcesses(), 0), ['main']);
  });

  it('shows threads whose owner was never heard of', () => {
    const orphan = thread({ id: 5, start: 10, label: 'orphan', owner: `${PROCESS}:99` });
    assert.deepEqual(tree(snapshotOf([thread({ id: 0, start: 0 }), orphan])), ['main', 'orphan']);
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
    assert.deepEqual(countsOf(runOf(demo(), undefined)), { threads: 8, live: 0, daemons: 0, killed: 2 });
    assert.deepEqual(countsOf(runOf(demoLive(), undefined)), { threads: 9, live: 8, daemons: 3, killed: 0 });
  });

  it('has a lane for each of a thousand threads', () => {
    const snapshot = manyLanes(1000);
    assert.equal(runOf(snapshot, undefined).lanes.length, 1000);
  });

  it('of a session without contact is empty and live', () => {
    const run = runOf(snapshotOf([], { processes: [] }), undefined);
    assert.deepEqual([run.rows.length, run.live, run.known], [0, true, 0]);
  });
});
